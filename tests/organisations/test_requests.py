"""Who decides on affiliations."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from portal.accounts.models import User
from portal.organisations.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Organisation,
)
from portal.organisations.services.affiliations import approve, refuse, request_affiliation
from tests.conftest import client_of, run_queued
from tests.factories.people import AffiliationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def referente(treviso: Organisation) -> User:
    return AffiliationFactory(organisation=treviso, role=AffiliationRole.REFERENTE).user


@pytest.fixture
def other_referente(brescia: Organisation) -> User:
    return AffiliationFactory(organisation=brescia, role=AffiliationRole.REFERENTE).user


@pytest.fixture
def asked(treviso: Organisation) -> Affiliation:
    return AffiliationFactory(organisation=treviso, state=AffiliationState.PENDING)


def verdicts(path: str, people: dict[str, User | None], data: dict[str, str] | None) -> dict:
    """Return status or sign-in for each person."""
    found: dict[str, Any] = {}
    for name, person in people.items():
        client = client_of(person) if person else Client()
        answer = client.get(path) if data is None else client.post(path, data)
        found[name] = answer.status_code
        if answer.status_code == 302 and "/account/login/" in answer["Location"]:
            found[name] = "sign in"
    return found


def test_verdicts_of_the_queue(
    referente: User, other_referente: User, direttore: User, member: User, waiting: User
) -> None:
    people = {
        "anonymous": None,
        "waiting": waiting,
        "member": member,
        "referente": referente,
        "other": other_referente,
        "direttore": direttore,
    }
    assert verdicts("/account/richieste/", people, None) == {
        "anonymous": "sign in",
        "waiting": 403,
        "member": 403,
        "referente": 200,
        "other": 200,
        "direttore": 200,
    }


@pytest.mark.parametrize("act", ["approva", "respingi"])
def test_verdicts_of_a_decision(
    act: str,
    asked: Affiliation,
    referente: User,
    other_referente: User,
    member: User,
    waiting: User,
) -> None:
    people = {
        "anonymous": None,
        "waiting": waiting,
        "member": member,
        "other": other_referente,
        "herself": asked.user,
    }
    path = f"/account/richieste/{asked.pk}/{act}/"
    assert verdicts(path, people, {"reason": "no"}) == {
        "anonymous": "sign in",
        "waiting": 403,
        "member": 403,
        "other": 404,
        "herself": 403,
    }
    assert client_of(referente).get(path).status_code == 405
    asked.refresh_from_db()
    assert asked.state == AffiliationState.PENDING
    assert verdicts(path, {"referente": referente}, {"reason": "no"}) == {"referente": 302}
    asked.refresh_from_db()
    assert asked.state in (AffiliationState.ACTIVE, AffiliationState.REFUSED)
    assert asked.decided_by == referente


def test_a_referente_sees_only_her_body(
    asked: Affiliation, referente: User, other_referente: User
) -> None:
    name = asked.user.get_full_name()
    assert name in client_of(referente).get("/account/richieste/").content.decode()
    assert name not in client_of(other_referente).get("/account/richieste/").content.decode()


def test_nobody_verifies_herself(referente: User, brescia: Organisation) -> None:
    own = AffiliationFactory(user=referente, organisation=brescia, state=AffiliationState.PENDING)
    with pytest.raises(PermissionDenied):
        approve(referente, own)


def test_a_refusal_without_reason_stays_on_the_form(asked: Affiliation, referente: User) -> None:
    answer = client_of(referente).post(f"/account/richieste/{asked.pk}/respingi/", {"reason": "  "})
    assert answer.status_code == 422
    assert "Scriva il motivo" in answer.content.decode()
    with pytest.raises(ValueError, match="reason"):
        refuse(referente, asked, " ")
    asked.refresh_from_db()
    assert asked.state == AffiliationState.PENDING


def test_a_second_decision_changes_nothing(asked: Affiliation, referente: User) -> None:
    assert approve(referente, asked)
    assert not refuse(referente, asked, "ripensamento")
    asked.refresh_from_db()
    assert asked.state == AffiliationState.ACTIVE


def test_letters(
    asked: Affiliation,
    referente: User,
    treviso: Organisation,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.PORTAL_BASE_URL = "https://portale.example"
    newcomer = UserFactory()
    with django_capture_on_commit_callbacks() as queued:
        request_affiliation(newcomer, treviso, "Ufficio")
        refuse(referente, asked, "Non lavora da noi")
    run_queued(queued)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert newcomer.get_full_name() in letters[referente.email].body
    assert "https://portale.example/account/richieste/" in letters[referente.email].body
    assert "Non lavora da noi" in letters[asked.user.email].body
    assert "respinta" in letters[asked.user.email].subject


def test_upi_decides_where_a_body_has_no_referente(
    direttore: User, brescia: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as queued:
        request_affiliation(UserFactory(), brescia, "Ufficio")
    run_queued(queued)
    assert [letter.to for letter in mail.outbox] == [[direttore.email]]


def test_a_double_request_is_one(treviso: Organisation) -> None:
    person = UserFactory()
    form = {"organisation": str(treviso.pk), "office": "Ufficio"}
    first = client_of(person).post("/account/affiliazioni/nuova/", form)
    second = client_of(person).post("/account/affiliazioni/nuova/", form)
    assert (first.status_code, second.status_code) == (302, 422)
    assert "già una richiesta" in second.content.decode()
    assert Affiliation.objects.filter(user=person).count() == 1


def test_a_person_ends_her_own_affiliation_only(member: User, outsider: User) -> None:
    own = Affiliation.objects.get(user=member)
    assert client_of(outsider).post(f"/account/affiliazioni/{own.pk}/concludi/").status_code == 404
    assert client_of(member).post(f"/account/affiliazioni/{own.pk}/concludi/").status_code == 302
    own.refresh_from_db()
    assert own.state == AffiliationState.ENDED


@pytest.mark.parametrize("rows", [2, 20])
def test_the_queue_costs_the_same(
    rows: int, referente: User, treviso: Organisation, django_assert_max_num_queries: Any
) -> None:
    AffiliationFactory.create_batch(rows, organisation=treviso, state=AffiliationState.PENDING)
    client = client_of(referente)
    client.get("/account/")
    with django_assert_max_num_queries(20):
        answer = client.get("/account/richieste/")
    assert answer.content.decode().count("Respingi la richiesta") == rows


def test_profile_keeps_what_was_typed(member: User) -> None:
    answer = client_of(member).post(
        "/account/profilo/", {"first_name": "", "last_name": "Resta", "phone": "1" * 80}
    )
    assert answer.status_code == 422
    assert "Resta" in answer.content.decode()
    member.refresh_from_db()
    assert member.last_name != "Resta"
