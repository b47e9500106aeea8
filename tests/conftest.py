"""Fixtures that every test may use: reference data, and the cast of people."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.module_loading import import_string

from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.factories.people import AffiliationFactory, UserFactory, editor
from tests.migrated import migrated_once


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: Any) -> None:
    """Have the test database copied from a kept one, with every installation's reference data."""
    with django_db_blocker.unblock():
        with migrated_once():
            request.getfixturevalue("django_db_setup")
        call_command("sync_reference_data", verbosity=0)


@pytest.fixture
def treviso(db: None) -> Organisation:
    return Organisation.objects.provinces().get(sigla="TV")


@pytest.fixture
def brescia(db: None) -> Organisation:
    return Organisation.objects.provinces().get(sigla="BS")


@pytest.fixture
def member(treviso: Organisation) -> User:
    """An official of Treviso, verified."""
    return AffiliationFactory(organisation=treviso).user


@pytest.fixture
def outsider(brescia: Organisation) -> User:
    """An official of another Province, verified."""
    return AffiliationFactory(organisation=brescia).user


@pytest.fixture
def waiting(db: None) -> User:
    """A person whose affiliation nobody has verified."""
    return UserFactory()


@pytest.fixture
def redattore(db: None) -> User:
    """An editor of the redazione."""
    return editor("Redazione")


@pytest.fixture
def direttore(db: None) -> User:
    """An editor of UPI's direction."""
    return editor("Direzione UPI")


@pytest.fixture
def admin(db: None) -> User:
    return UserFactory(is_superuser=True, is_staff=True)


@pytest.fixture(autouse=True)
def second_factor_not_demanded(settings: Any) -> None:
    """Most tests are about something else; those about the policy switch it on."""
    settings.SECOND_FACTOR_REQUIRED = False


def client_of(user: User) -> Client:
    """Return a client signed in as somebody."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def run_queued(queued: list[Any]) -> None:
    """Run what was queued for the worker, in this process."""
    from django_q.models import OrmQ

    for callback in queued:
        callback()
    for row in OrmQ.objects.all():
        task = row.task
        work = task["func"]
        work = import_string(work) if isinstance(work, str) else work
        work(*task["args"], **task["kwargs"])


def pytest_sessionfinish() -> None:
    """Leave nothing of this process on the search server."""
    from tests.search.engines import delete_indices

    delete_indices()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say in a line each what this machine could not try."""
    from portal.library.extraction.tools import find_office, find_tesseract
    from tests.browser.conftest import chromium
    from tests.browser.test_markup import CHECKER

    database = os.environ.get("DATABASE_URL", "")
    missing = [
        ("the browser tests: no Chromium on this machine", chromium() is None),
        ("PostgreSQL: DATABASE_URL is not set", not database.startswith("postgres")),
        ("Elasticsearch: ELASTICSEARCH_URL is not set", not os.environ.get("ELASTICSEARCH_URL")),
        (
            "the validity of HTML: no Java, or no checker (make assets installs it)",
            shutil.which("java") is None or not CHECKER.exists(),
        ),
        ("the recognition of scans: no tesseract with Italian", not find_tesseract("tesseract")[0]),
        ("old office formats: no LibreOffice", not find_office("soffice")),
    ]
    for what, absent in missing:
        if absent:
            terminalreporter.write_line(f"skipped {what}")
