"""From a request of an account to the verified person."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from portal.core.access import MEMBERS, audience_tokens, organisation_token
from portal.organisations.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Organisation,
    OrganisationDomain,
)
from tests.conftest import client_of
from tests.factories.people import AffiliationFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=False)
PASSWORD = "una-frase-lunga-e-mia"


def typed(body: Organisation, **changes: str) -> dict[str, str]:
    """Return a filled sign-up form."""
    return {
        "email": "nuova@provincia.treviso.it",
        "first_name": "Nuova",
        "last_name": "Persona",
        "organisation": str(body.pk),
        "office": "Ufficio gare",
        "job_title": "istruttrice",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }


@pytest.fixture
def domain(treviso: Organisation) -> OrganisationDomain:
    return OrganisationDomain.objects.create(organisation=treviso, domain="provincia.treviso.it")


def test_journey(
    client: Client,
    treviso: Organisation,
    domain: OrganisationDomain,
    django_capture_on_commit_callbacks: object,
) -> None:
    referente = AffiliationFactory(organisation=treviso, role=AffiliationRole.REFERENTE).user
    answer = client.post("/account/signup/", typed(treviso))
    assert answer.status_code == 302
    person = User.objects.get(email="nuova@provincia.treviso.it")
    assert person.get_full_name() == "Nuova Persona"
    affiliation = Affiliation.objects.get(user=person)
    assert affiliation.state == AffiliationState.PENDING
    assert affiliation.proposed
    letter = mail.outbox[-1]
    assert letter.to == ["nuova@provincia.treviso.it"]
    assert "Confermi" in letter.subject
    link = re.search(r"/account/confirm-email/\S+", letter.body)
    assert link
    client.post(link[0])
    assert EmailAddress.objects.get(user=person).verified
    own = client_of(person)
    page = own.get("/account/").content.decode()
    assert "In attesa di verifica" in page
    assert MEMBERS not in audience_tokens(User.objects.get(pk=person.pk))
    decider = client_of(referente)
    assert "Nuova Persona" in decider.get("/account/richieste/").content.decode()
    decider.post(f"/account/richieste/{affiliation.pk}/approva/")
    tokens = audience_tokens(User.objects.get(pk=person.pk))
    assert {MEMBERS, organisation_token(treviso.pk)} <= tokens
    assert "In attesa di verifica" not in own.get("/account/").content.decode()


def test_an_address_of_another_domain_is_not_proposed(
    client: Client, treviso: Organisation, domain: OrganisationDomain
) -> None:
    client.post("/account/signup/", typed(treviso, email="io@altro.example"))
    assert not Affiliation.objects.get(user__email="io@altro.example").proposed


def test_no_enumeration_at_sign_up(client: Client, treviso: Organisation) -> None:
    known = UserFactory(email="nota@example.org")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    new = client.post("/account/signup/", typed(treviso, email="ignota@example.org"))
    old = Client().post("/account/signup/", typed(treviso, email="nota@example.org"))
    assert (new.status_code, new["Location"]) == (old.status_code, old["Location"])
    assert "ha già uno" in mail.outbox[-1].body
    assert User.objects.filter(email="nota@example.org").count() == 1


def test_no_enumeration_at_reset_and_sign_in(client: Client) -> None:
    known = UserFactory(email="nota@example.org")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    for address in ("nota@example.org", "ignota@example.org"):
        assert client.post("/account/password/reset/", {"email": address}).status_code == 302
    answers = [
        client.post("/account/login/", {"login": address, "password": "sbagliata"})
        for address in ("nota@example.org", "ignota@example.org")
    ]
    texts = [
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nota@|ignota@', "", one.content.decode())
        for one in answers
    ]
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    "changes",
    [
        {"first_name": ""},
        {"office": "x" * 5000},
        {"organisation": "999999"},
        {"organisation": "abc"},
        {"last_name": "a\x00b"},
        {"email": "non-un-indirizzo"},
        {"email": "x" * 400 + "@example.org"},
        {"password1": "corta", "password2": "corta"},
        {"password2": "diversa-dalla-prima"},
        {"office": ""},
    ],
)
def test_bad_input_stays_on_the_form(
    client: Client, treviso: Organisation, changes: dict[str, str]
) -> None:
    answer = client.post("/account/signup/", typed(treviso, job_title="resta qui", **changes))
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        text = answer.content.decode()
        assert "field__error" in text
        assert "resta qui" in text
    assert not User.objects.exists()


def test_emoji_and_control_characters_make_no_error(client: Client, treviso: Organisation) -> None:
    answer = client.post("/account/signup/", typed(treviso, office="🏛️ gare\u200f", last_name="D'Ò"))
    assert answer.status_code == 302


def test_too_many_tries_are_refused(client: Client, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip", "login": "3/m/ip"}  # type: ignore[attr-defined]
    from django.core.cache import cache

    cache.clear()
    codes = [
        client.post("/account/login/", {"login": "a@example.org", "password": "x"}).status_code
        for _ in range(6)
    ]
    cache.clear()
    assert 429 in codes
