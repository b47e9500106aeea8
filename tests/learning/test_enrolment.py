"""Seats: asked, given in order, given back; never more than there are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning.models import CourseEdition, EditionState, Enrolment, EnrolmentEvent, EnrolmentState
from learning.services.allocation import allocate
from learning.services.enrolments import EnrolmentError, enrol, withdraw
from portal.accounts.models import User
from tests.conftest import client_of, run_queued
from tests.factories.learning import edition
from tests.factories.pages import restrict_to_members
from tests.factories.people import AffiliationFactory

pytestmark = pytest.mark.django_db
SEATED, WAITING, WITHDRAWN = (
    EnrolmentState.SEATED,
    EnrolmentState.WAITING,
    EnrolmentState.WITHDRAWN,
)


def people(number: int) -> list[User]:
    return [AffiliationFactory().user for _ in range(number)]


def test_seats_are_given_in_order_and_handed_on() -> None:
    run = edition(seats=2)
    first, second, third, fourth = people(4)
    states = [enrol(person, run).state for person in (first, second, third, fourth)]
    assert states == [SEATED, SEATED, WAITING, WAITING]
    with pytest.raises(PermissionDenied):
        withdraw(second, Enrolment.objects.get(user=first))
    assert withdraw(first, Enrolment.objects.get(user=first))
    assert Enrolment.objects.get(user=third).state == SEATED
    assert Enrolment.objects.get(user=fourth).state == WAITING
    run.refresh_from_db()
    assert run.seated == 2
    history = EnrolmentEvent.objects.filter(enrolment__user=third)
    assert [event.state for event in history] == [WAITING, SEATED]


def test_leaving_the_waiting_list_frees_no_seat() -> None:
    run = edition(seats=1)
    first, second, third = people(3)
    for person in (first, second, third):
        enrol(person, run)
    assert withdraw(second, Enrolment.objects.get(user=second))
    assert not withdraw(second, Enrolment.objects.get(user=second))
    run.refresh_from_db()
    assert run.seated == 1
    assert Enrolment.objects.get(user=third).state == WAITING


def test_more_seats_go_to_who_waits() -> None:
    run = edition(seats=1)
    for person in people(3):
        enrol(person, run)
    CourseEdition.objects.filter(pk=run.pk).update(seats=2)
    assert len(allocate(run.pk)) == 1
    assert allocate(run.pk) == []


def test_twice_is_once(member: User) -> None:
    run = edition(seats=1)
    assert enrol(member, run).pk == enrol(member, run).pk
    assert Enrolment.objects.count() == 1
    withdraw(member, Enrolment.objects.get())
    assert enrol(member, run).state == SEATED
    assert Enrolment.objects.count() == 2


def test_the_body_is_that_of_then(member: User) -> None:
    enrolment = enrol(member, edition())
    assert enrolment.organisation is not None
    assert enrolment.organisation.sigla == "TV"
    assert enrolment.office == "Ufficio appalti"


@pytest.mark.parametrize(
    "changes",
    [
        {"enrol_until": timezone.now() - timedelta(hours=1)},
        {"enrol_from": timezone.now() + timedelta(hours=1)},
        {"state": EditionState.CANCELLED},
    ],
)
def test_outside_the_window(changes: dict[str, Any], member: User) -> None:
    run = edition()
    CourseEdition.objects.filter(pk=run.pk).update(**changes)
    run.refresh_from_db()
    with pytest.raises(EnrolmentError):
        enrol(member, run)
    answer = client_of(member).post(reverse("learning:enrol", args=[run.pk]), follow=True)
    assert "non sono aperte" in answer.content.decode()
    assert not Enrolment.objects.exists()


def test_who_is_not_verified_is_told(waiting: User) -> None:
    run = edition()
    answer = client_of(waiting).post(reverse("learning:enrol", args=[run.pk]), follow=True)
    assert "serve l&#x27;affiliazione verificata" in answer.content.decode()
    assert not Enrolment.objects.exists()


def test_the_database_refuses_one_too_many() -> None:
    run = edition(seats=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseEdition.objects.filter(pk=run.pk).update(seated=2)


def test_letters(member: User, outsider: User, django_capture_on_commit_callbacks: Any) -> None:
    run = edition(seats=1)
    with django_capture_on_commit_callbacks() as queued:
        enrol(member, run)
        enrol(outsider, run)
        withdraw(member, Enrolment.objects.get(user=member))
    run_queued(queued)
    told = {(letter.to[0], letter.subject.split(":")[0]) for letter in mail.outbox}
    assert told == {
        (member.email, "Ha un posto"),
        (outsider.email, "In lista d'attesa"),
        (member.email, "Iscrizione ritirata"),
        (outsider.email, "Ha un posto"),
    }


def test_an_edition_that_began_is_not_left(member: User) -> None:
    run = edition()
    enrolment = enrol(member, run)
    today = timezone.localdate()
    CourseEdition.objects.filter(pk=run.pk).update(starts_on=today)
    answer = client_of(member).post(reverse("learning:withdraw", args=[enrolment.pk]), follow=True)
    assert "già cominciata" in answer.content.decode()
    enrolment.refresh_from_db()
    assert enrolment.state == SEATED


def test_somebody_elses_enrolment_is_not_there(member: User, outsider: User) -> None:
    enrolment = enrol(member, edition())
    path = reverse("learning:withdraw", args=[enrolment.pk])
    assert client_of(outsider).post(path).status_code == 404
    assert Client().post(path).status_code == 302
    assert client_of(outsider).get(path).status_code == 405


def test_drafts_and_restricted_courses_are_not_there(member: User, waiting: User) -> None:
    draft = edition(state=EditionState.DRAFT)
    hidden = edition()
    restrict_to_members(hidden.course.page)
    for run, person, code in (
        (draft, member, 404),
        (hidden, waiting, 404),
        (hidden, member, 302),
    ):
        path = reverse("learning:enrol", args=[run.pk])
        assert client_of(person).post(path).status_code == code
    assert draft.name not in Client().get(draft.course.page.url).content.decode()


def test_the_pages_of_a_visitor(client: Client, member: User) -> None:
    run = edition(seats=1)
    page = client.get(run.course.page.url).content.decode()
    assert "1 posto libero su 1" in page
    assert "Accedi per iscriverti" in page
    catalogue = client.get("/formazione/").content.decode()
    assert run.course.title in catalogue
    assert "iscrizioni aperte" in catalogue
    for wrong in ("boh", "", "sua\x00", "🏛️"):
        assert client.get("/formazione/", {"rete": wrong}).status_code == 200
    enrol(member, run)
    mine = client_of(member).get(run.course.page.url).content.decode()
    assert "Ha un posto." in mine
    assert "con lista d&#x27;attesa" in client.get(run.course.page.url).content.decode()
    assert run.course.title in client_of(member).get("/account/").content.decode()


def test_the_catalogue_costs_the_same(client: Client) -> None:
    prices = []
    for number in (2, 18):
        for _ in range(number):
            edition()
        client.get("/formazione/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/formazione/")
        prices.append(len(asked))
    assert prices[0] == prices[1]
