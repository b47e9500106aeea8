"""Reminders, archive and trash: nothing is lost for thirty days, nothing hidden is found."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from portal.accounts.models import User
from portal.core.access import MEMBERS, PUBLIC, STAFF
from portal.library.models import Document
from portal.library.services.retention import empty_trash, remind_reviews
from search.engines.base import Engine
from search.indexing import drain
from tests.conftest import client_of, run_queued
from tests.factories.library import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(tmp_path: Any, settings: Any) -> Engine:
    import search.engines

    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return search.engines.get_engine()


def found(words: str, person: User | None = None) -> int:
    """Return how many results a search gives."""
    client = client_of(person) if person else Client()
    return int(client.get("/api/v1/search/", {"q": words}).json()["count"])


def test_the_trash_hides_at_once_and_gives_back(index: Engine, member: User, admin: User) -> None:
    made = document("Parola rarissima zibaldone", uploaded_by_user=member)
    drain()
    assert found("zibaldone") == 1
    client = client_of(member)
    answer = client.post(f"/biblioteca/{made.pk}/elimina/")
    assert answer["Location"] == "/biblioteca/cestino/"
    # The worker has not been at it yet.
    for person in (None, member, admin):
        assert found("zibaldone", person) == 0
        reader = client_of(person) if person else Client()
        for tail in ("", "scarica/", "pagina/1/", "stato/", "modifica/"):
            answer = reader.get(f"/biblioteca/{made.pk}/{tail}")
            assert answer.status_code in (302, 404), tail
            assert answer.status_code == 404 or "/account/login/" in answer["Location"]
        assert not reader.get("/biblioteca/").context["page"].object_list
    assert not client.get("/biblioteca/miei/").context["page"].object_list
    drain()
    assert found("zibaldone", admin) == 0
    page = client.get("/biblioteca/cestino/").content.decode()
    assert made.title in page
    answer = client.post(f"/biblioteca/cestino/{made.pk}/ripristina/")
    assert answer["Location"] == f"/biblioteca/{made.pk}/"
    drain()
    assert found("zibaldone") == 1
    assert Client().get(f"/biblioteca/{made.pk}/").status_code == 200


def test_who_sees_and_restores_what_is_in_the_trash(
    member: User, outsider: User, waiting: User, redattore: User, admin: User
) -> None:
    now = timezone.now()
    own = document(audience=PUBLIC, uploaded_by_user=member, trashed_at=now)
    secret = document(audience="organisation:999999", uploaded_by_user=member, trashed_at=now)
    expected = {"member": {own, secret}, "redattore": {own}, "admin": {own, secret}}
    cast = {
        "member": member,
        "outsider": outsider,
        "waiting": waiting,
        "redattore": redattore,
        "admin": admin,
    }
    for name, person in cast.items():
        text = client_of(person).get("/biblioteca/cestino/").content.decode()
        for made in (own, secret):
            seen = made in expected.get(name, set())
            assert (f">{made.title}<" in text) is seen, (name, made)
            path = f"/biblioteca/cestino/{made.pk}/ripristina/"
            assert client_of(person).post(path).status_code == (302 if seen else 404), name
            Document.objects.filter(pk=made.pk).update(trashed_at=now)
    answer = Client().post(f"/biblioteca/cestino/{own.pk}/ripristina/")
    assert "/account/login/" in answer["Location"]
    assert Client().get("/biblioteca/cestino/").status_code == 302


def test_restoring_twice_or_nothing(member: User) -> None:
    made = document(uploaded_by_user=member)
    client = client_of(member)
    assert client.post(f"/biblioteca/cestino/{made.pk}/ripristina/").status_code == 404
    client.post(f"/biblioteca/{made.pk}/elimina/")
    assert client.post(f"/biblioteca/{made.pk}/elimina/").status_code == 404
    assert client.post(f"/biblioteca/cestino/{made.pk}/ripristina/").status_code == 302
    assert client.post(f"/biblioteca/cestino/{made.pk}/ripristina/").status_code == 404


def test_the_trash_is_emptied_after_thirty_days(
    member: User, django_capture_on_commit_callbacks: Any
) -> None:
    old = document(trashed_at=timezone.now() - timedelta(days=30, minutes=1))
    young = document(trashed_at=timezone.now() - timedelta(days=29))
    kept = document()
    assert old.current_version is not None
    file = Path(old.current_version.file.path)
    assert file.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert empty_trash() == 1
    assert not file.exists()
    assert set(Document.objects.all()) == {young, kept}
    assert empty_trash() == 0


def test_what_is_archived_waits_for_its_filter(index: Engine, member: User, outsider: User) -> None:
    made = document("Testo con calicanto", uploaded_by_user=member)
    other = document()
    path = f"/biblioteca/{made.pk}/"
    assert Client().post(path + "archivia/").status_code == 302
    assert client_of(outsider).post(path + "archivia/").status_code == 403
    made.refresh_from_db()
    assert made.archived_at is None
    client = client_of(member)
    assert client.post(path + "archivia/")["Location"] == path
    drain()
    for query, seen in [
        ({}, {other}),
        ({"stato": "archiviati"}, {made}),
        ({"stato": "tutti"}, {made, other}),
    ]:
        page = Client().get("/biblioteca/", query).context["page"]
        assert set(page.object_list) == seen, query
    reader = Client().get(path).content.decode()
    assert "Documento archiviato il" in reader
    assert "Rimetti in uso" not in reader
    assert "Rimetti in uso" in client.get(path).content.decode()
    assert found("calicanto") == 0
    asked = {"q": "calicanto", "stato": "archiviati"}
    assert Client().get("/api/v1/search/", asked).json()["count"] == 1
    assert "archiviato" in Client().get("/cerca/", asked).content.decode()
    assert client_of(outsider).post(path + "riapri/").status_code == 403
    assert client.post(path + "riapri/").status_code == 302
    made.refresh_from_db()
    assert made.archived_at is None
    drain()
    assert found("calicanto") == 1


def test_a_review_is_reminded_once_for_each_date(
    member: User, waiting: User, django_capture_on_commit_callbacks: Any
) -> None:
    today = timezone.localdate()
    made = document(title="Piano da rivedere", uploaded_by_user=member, review_date=today)
    document(uploaded_by_user=member, review_date=today + timedelta(days=1))
    document(uploaded_by_user=member, review_date=today, archived_at=timezone.now())
    document(uploaded_by_user=member, review_date=today, trashed_at=timezone.now())
    document(review_date=today)
    User.objects.filter(pk=waiting.pk).update(is_active=False)
    document(uploaded_by_user=waiting, review_date=today)

    def told() -> int:
        mail.outbox.clear()
        OrmQ.objects.all().delete()
        with django_capture_on_commit_callbacks() as queued:
            count = remind_reviews()
        run_queued(queued)
        assert len(mail.outbox) == count
        return count

    assert told() == 1
    assert told() == 0
    made.review_date = today - timedelta(days=3)
    made.save()
    assert told() == 1
    letter = mail.outbox[0]
    assert letter.to == [member.email]
    assert letter.subject == "Da rivedere: Piano da rivedere"
    assert made.get_absolute_url() in letter.body
    assert (
        "Da rivedere entro il" in client_of(member).get(f"/biblioteca/{made.pk}/").content.decode()
    )


def test_the_review_date_is_set_in_the_form(member: User) -> None:
    made = document(uploaded_by_user=member)
    path = f"/biblioteca/{made.pk}/modifica/"
    typed = {"title": "Nuovo titolo", "kind": "schema", "audience": PUBLIC}
    wrong = client_of(member).post(path, {**typed, "review_date": "domani"})
    assert wrong.status_code == 422
    assert "field__error" in wrong.content.decode()
    assert client_of(member).post(path, {**typed, "review_date": "2030-02-01"}).status_code == 302
    made.refresh_from_db()
    assert made.review_date == date(2030, 2, 1)


def test_the_trash_costs_the_same(member: User) -> None:
    client = client_of(member)
    prices = []
    for rows in (2, 18):
        for _ in range(rows):
            document(uploaded_by_user=member, audience=MEMBERS, trashed_at=timezone.now())
        client.get("/biblioteca/cestino/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/biblioteca/cestino/")
        prices.append(len(queries))
    assert prices[0] == prices[1]


def test_proposals_in_the_trash_wait(redattore: User, member: User) -> None:
    made = document(audience=STAFF, proposed_audience=PUBLIC, uploaded_by_user=member)
    client = client_of(redattore)
    assert made.title in client.get("/biblioteca/proposte/").content.decode()
    client_of(member).post(f"/biblioteca/{made.pk}/elimina/")
    assert made.title not in client.get("/biblioteca/proposte/").content.decode()
    answer = client.post(f"/biblioteca/{made.pk}/decisione/", {"decision": "approve"})
    assert answer.status_code == 404


def test_the_worker_knows_its_days() -> None:
    names = set(Schedule.objects.values_list("name", flat=True))
    assert {"remind_reviews", "empty_trash"} <= names
