"""The demonstration accounts."""

from __future__ import annotations

import pytest

from portal.accounts.models import User
from portal.core.seed import DEMO_ACCOUNTS, DEMO_PASSWORD, SeedContext
from portal.organisations.models import Affiliation
from portal.organisations.seed import load_people

pytestmark = pytest.mark.django_db


def test_twice_is_once() -> None:
    load_people(SeedContext(write=print))
    people, affiliations = User.objects.count(), Affiliation.objects.count()
    changed = User.objects.get(email="funzionario.tv@example.org")
    changed.set_password("un'altra-password-scelta")
    changed.save()
    load_people(SeedContext(write=print))
    assert (User.objects.count(), Affiliation.objects.count()) == (people, affiliations)
    changed.refresh_from_db()
    assert changed.check_password("un'altra-password-scelta")


def test_every_promised_account_opens() -> None:
    load_people(SeedContext(write=print))
    for email, _ in DEMO_ACCOUNTS:
        assert User.objects.get(email=email).check_password(DEMO_PASSWORD)
