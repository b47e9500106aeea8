"""The page of the index in /gestione/, and the rebuilding asked for there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ, Task

from portal.accounts.models import User
from search.engines.base import Engine, EngineError
from search.indexing import drain
from search.models import IndexedObject, OutboxRow, RebuildRun, RebuildState
from search.services import rebuild as service
from search.tasks import rebuild_index
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.pages import content_page, home_page
from tests.search.engines import has_elasticsearch

pytestmark = pytest.mark.django_db
PATH, ASK = "/gestione/ricerca/indice/", "/gestione/ricerca/indice/ricostruisci/"


def test_what_the_page_says(index: Engine, redattore: User) -> None:
    home_page()
    content_page(title="Pagina").save_revision().publish()
    document("testo", title="Documento")
    client = client_of(redattore)
    behind = client.get(PATH).content.decode()
    oldest = OutboxRow.objects.order_by("pk").first()
    assert oldest
    assert oldest.object_id in behind
    drain()
    text = client.get(PATH).content.decode()
    assert ("Elasticsearch" if has_elasticsearch() else "interno, senza server") in text
    assert "2 contenuti (documenti: 1, pagine: 1, discussioni: 0)" in text
    assert index.status().generation in text
    assert "tutto corrisponde" in text
    IndexedObject.objects.first().delete()  # type: ignore[union-attr]
    assert "non corrisponde" in client.get(PATH).content.decode()


def test_failures_are_said(index: Engine, redattore: User) -> None:
    now = timezone.now()
    common = {"started": now, "stopped": now, "success": False}
    Task.objects.create(
        id="a", name="a", func="search.tasks.drain_outbox", result="Rotto: così\nriga", **common
    )
    Task.objects.create(id="b", name="b", func="portal.altro", result="Di altri", **common)
    text = client_of(redattore).get(PATH).content.decode()
    assert "Rotto: così" in text
    assert "Di altri" not in text


def test_an_engine_that_does_not_answer_is_said(
    index: Engine, redattore: User, monkeypatch: Any
) -> None:
    def refuse(self: Any) -> None:
        raise EngineError("connessione rifiutata")

    monkeypatch.setattr(type(index), "status", refuse)
    answer = client_of(redattore).get(PATH)
    assert answer.status_code == 200
    assert "connessione rifiutata" in answer.content.decode()


def test_verdicts_of_the_rebuilding(
    index: Engine, direttore: User, redattore: User, member: User
) -> None:
    assert Client().post(ASK).status_code == 302
    for person in (redattore, member):
        client_of(person).post(ASK)
        with pytest.raises(PermissionDenied):
            service.ask_for_rebuild(person)
    assert not RebuildRun.objects.exists()
    without = client_of(redattore).get(PATH).content.decode()
    assert "Ricostruisci" not in without
    assert "La può chiedere la Direzione UPI" in without
    assert "Ricostruisci" in client_of(direttore).get(PATH).content.decode()
    assert client_of(direttore).get(ASK).status_code == 405


def test_a_rebuilding_from_the_button_to_its_end(index: Engine, direttore: User) -> None:
    for number in range(3):
        document("geodesia", title=f"N {number}")
    drain()
    before = index.status().generation
    OrmQ.objects.all().delete()
    client = client_of(direttore)
    client.post(ASK)
    run = RebuildRun.objects.get()
    assert (run.state, run.who) == (RebuildState.WAITING, direttore)
    assert "data-open" in client.get(PATH).content.decode()
    again = client.post(ASK, follow=True).content.decode()
    assert "già in corso" in again
    assert OrmQ.objects.count() == 1
    assert rebuild_index(run.pk) >= 3
    run.refresh_from_db()
    assert (run.state, run.slot) == (RebuildState.DONE, None)
    assert run.done == run.total >= 3
    assert index.status().generation != before
    assert "data-open" not in client.get(PATH).content.decode()
    assert rebuild_index(run.pk) == 0
    assert client.post(ASK).status_code == 302
    assert RebuildRun.objects.count() == 2


def test_a_failure_is_kept_and_frees_the_place(
    index: Engine, direttore: User, monkeypatch: Any
) -> None:
    def fail(progress: Any) -> int:
        progress(1)
        raise OSError("disco pieno")

    monkeypatch.setattr(service, "rebuild", fail)
    run = service.ask_for_rebuild(direttore)
    with pytest.raises(OSError):
        rebuild_index(run.pk)
    run.refresh_from_db()
    assert (run.state, run.slot, run.done) == (RebuildState.FAILED, None, 1)
    assert "disco pieno" in client_of(direttore).get(PATH).content.decode()


def test_one_at_a_time_by_the_table_and_a_silent_one_is_given_up(direttore: User) -> None:
    first = service.ask_for_rebuild(direttore)
    with pytest.raises(IntegrityError), transaction.atomic():
        RebuildRun.objects.create(who=direttore)
    with pytest.raises(ValidationError):
        service.ask_for_rebuild(direttore)
    RebuildRun.objects.update(touched_at=timezone.now() - dt.timedelta(hours=1))
    service.ask_for_rebuild(direttore)
    first.refresh_from_db()
    assert first.state == RebuildState.FAILED
