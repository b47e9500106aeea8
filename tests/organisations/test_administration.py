"""Bodies and people in /gestione/."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.accounts.models import User
from tests.conftest import client_of

pytestmark = pytest.mark.django_db
PATHS = ["enti", "domini", "affiliazioni", "reti"]


@pytest.mark.parametrize("name", PATHS)
def test_upi_reads_and_others_do_not(
    name: str, direttore: User, redattore: User, member: User
) -> None:
    path = reverse(f"{name}:index")
    assert client_of(direttore).get(path).status_code == 200
    assert client_of(redattore).get(path).status_code == 302
    assert client_of(member).get(path).status_code in (302, 403)


@pytest.mark.parametrize("name", PATHS)
def test_the_administrator_adds(name: str, admin: User) -> None:
    assert client_of(admin).get(reverse(f"{name}:add")).status_code == 200


def test_people_are_managed_by_address(admin: User, member: User) -> None:
    client = client_of(admin)
    assert client.get(reverse("wagtailusers_users:index")).status_code == 200
    add = reverse("wagtailusers_users:add")
    assert client.get(add).status_code == 200
    typed = {
        "email": "aggiunta@example.org",
        "first_name": "Persona",
        "last_name": "Aggiunta",
        "password1": "una-frase-lunga-e-mia",
        "password2": "una-frase-lunga-e-mia",
    }
    assert client.post(add, typed).status_code == 302
    assert User.objects.get(email="aggiunta@example.org").last_name == "Aggiunta"
    assert client.get(reverse("wagtailusers_users:edit", args=[member.pk])).status_code == 200
