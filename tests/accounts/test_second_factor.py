"""The second factor is demanded of those who can do harm with one password."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.test import Client

from portal.accounts.models import User
from tests.conftest import client_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demanded(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def test_an_editor_without_it_is_sent_to_set_it_up(redattore: User) -> None:
    client = client_of(redattore)
    for path in ("/gestione/", "/biblioteca/", "/biblioteca/carica/"):
        assert client.get(path)["Location"] == "/account/2fa/"
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("group", ["Moderatori", "Responsabili formazione"])
def test_moderators_and_training_managers_too(group: str) -> None:
    person = UserFactory()
    person.groups.add(Group.objects.get(name=group))
    assert client_of(person).get("/biblioteca/")["Location"] == "/account/2fa/"


def test_an_editor_with_it_enters(redattore: User) -> None:
    Authenticator.objects.create(user=redattore, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client_of(redattore).get("/gestione/").status_code == 200


def test_members_and_visitors_are_not_asked(member: User) -> None:
    assert client_of(member).get("/biblioteca/").status_code == 200
    assert Client().get("/biblioteca/").status_code == 200


def test_the_administration_signs_in_through_the_portal() -> None:
    answer = Client().get("/gestione/login/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/account/login/")
    assert Client().get("/_util/login/")["Location"] == "/account/login/"
    assert Client().get("/gestione/")["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    "path",
    [
        "/account/email/",
        "/account/password/change/",
        "/account/2fa/",
        "/account/sessions/",
        "/account/logout/",
    ],
)
def test_pages_of_the_account_wear_the_portal(member: User, path: str) -> None:
    text = client_of(member).get(path, follow=True).content.decode()
    assert 'lang="it"' in text
    assert text.count("<h1") == 1
    assert "site-footer" in text
