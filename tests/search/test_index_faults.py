"""An index that lost something, or cannot be read or written: said, mended, never an error page."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from search import indexing
from search.engines.base import Engine, EngineBusyError, EngineError, SearchRequest
from search.engines.embedded import EmbeddedEngine
from search.indexing import differences, drain, heal, is_emptied, rebuild, sweep, unlike_notes
from search.models import IndexedObject, IndexState, OutboxRow
from search.only_one import only_one
from search.outbox import note_change, note_engine, wake_indexer
from search.query import parse
from search.tasks import drain_outbox
from tests.factories.library import document
from tests.search.contract.content import PUBLIC, ids, item

API = "/api/v1/search/"


def asked(text: str) -> dict[str, Any]:
    """Return what the public search answers."""
    answer = Client().get(API, {"q": text})
    assert answer.status_code == 200
    return dict(answer.json())


def empty(index: Engine) -> None:
    """Leave the index without anything, as a server that lost its disk."""
    index.activate(index.begin())


@pytest.fixture
def shelf(index: Engine) -> list[str]:
    """Six documents in the index; returns their ids."""
    made = [document("limnologia", title=f"Limnologia {number}") for number in range(6)]
    drain()
    return [f"document:{one.pk}" for one in made]


@pytest.mark.django_db
def test_the_worker_is_woken_once_for_all_that_a_transaction_changes(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        for number in range(3):
            document("gara", title=f"Elenco {number}")
    assert OutboxRow.objects.count() >= 3
    assert callbacks.count(wake_indexer) == 1


@pytest.mark.django_db
def test_an_emptied_index_is_said_and_filled_before_anything_is_added(
    shelf: list[str], index: Engine
) -> None:
    assert asked("limnologia")["reduced"] is False
    empty(index)
    assert is_emptied()
    reduced = asked("limnologia")
    assert (reduced["reduced"], reduced["count"]) == (True, 6)
    document("limnologia", title="Limnologia nuova")
    drain_outbox()
    full = asked("limnologia")
    assert (full["reduced"], full["count"]) == (False, 7)
    assert differences() == set()


@pytest.mark.django_db
def test_the_first_reader_wakes_the_worker(shelf: list[str], index: Engine) -> None:
    OrmQ.objects.all().delete()
    counts = []
    for fault in (empty, lambda index: None, lambda index: heal(), lambda index: None):
        fault(index)
        asked("limnologia")
        counts.append(OrmQ.objects.count())
    assert counts == [1, 1, 2, 2]


@pytest.mark.django_db
def test_what_was_lost_is_put_back_and_nothing_else_is_written(
    shelf: list[str], index: Engine
) -> None:
    before = dict(index.inventory())
    index.delete(shelf[:1], IndexState.next_seq())
    assert not is_emptied()
    assert heal() == 1
    after = dict(index.inventory())
    assert after.keys() == before.keys()
    assert [key for key in after if after[key] != before[key]] == shelf[:1]
    assert heal() == 0


@pytest.mark.django_db
def test_the_sweep_finds_an_older_state(shelf: list[str], index: Engine) -> None:
    IndexedObject.objects.filter(object_id=shelf[0]).update(seq=IndexState.next_seq())
    assert unlike_notes() == {shelf[0]}
    assert sweep() == 1
    assert differences() == set()


@pytest.mark.django_db
def test_a_slower_writer_does_not_note_its_older_state(
    shelf: list[str], index: Engine, monkeypatch: Any
) -> None:
    write = type(index).upsert
    late: list[Callable[[], None]] = [lambda: indexing._write(shelf[:1])]

    def overtaken(self: Engine, *args: Any) -> None:
        write(self, *args)
        if late:
            late.pop()()

    monkeypatch.setattr(type(index), "upsert", overtaken)
    indexing._write(shelf[:1])
    assert not late
    assert unlike_notes() == set()
    noted = IndexedObject.objects.get(object_id=shelf[0]).seq
    assert noted == IndexState.objects.get().seq


@pytest.mark.django_db
def test_a_write_without_an_answer_is_done_again(
    shelf: list[str], index: Engine, monkeypatch: Any
) -> None:
    """The server goes away when it has written, and another process wrote the same just before."""
    write = type(index).upsert
    note_change("document", int(shelf[0].partition(":")[2]))
    rows = list(OutboxRow.objects.values_list("pk", flat=True))

    def unanswered(self: Engine, *args: Any) -> None:
        write(self, *args)
        OutboxRow.objects.filter(pk__in=rows).delete()
        raise EngineError("connessione interrotta")

    with monkeypatch.context() as broken:
        broken.setattr(type(index), "upsert", unanswered)
        assert drain_outbox() == 0
    assert unlike_notes() == {shelf[0]}
    (row,) = OutboxRow.objects.all()
    assert (row.object_id, row.pk in rows) == (shelf[0], False)
    note_engine(answers=False)
    note_engine(answers=True)
    assert drain_outbox() == 1
    assert differences() == set()


@pytest.mark.django_db
def test_what_a_failed_write_leaves_waits_since_and_hides_as_before(
    shelf: list[str], index: Engine, monkeypatch: Any
) -> None:
    before = timezone.now() - dt.timedelta(hours=1)
    key = int(shelf[0].partition(":")[2])
    note_change("document", key)
    OutboxRow.objects.update(created_at=before, hide=True)
    note_change("document", key)
    note_change("document", int(shelf[1].partition(":")[2]))

    def refuse(self: Engine, *args: Any) -> None:
        raise EngineError("sola lettura")

    monkeypatch.setattr(type(index), "upsert", refuse)
    assert drain_outbox() == 0
    left = {row.object_id: row for row in OutboxRow.objects.all()}
    assert sorted(left) == sorted(shelf[:2])
    assert (left[shelf[0]].hide, left[shelf[0]].created_at) == (True, before)
    assert not left[shelf[1]].hide


@pytest.mark.django_db
def test_a_rebuild_that_fails_leaves_everything_as_it_was(
    shelf: list[str], index: Engine, monkeypatch: Any
) -> None:
    held = dict(index.inventory())

    def refuse(self: Engine, generation: str) -> None:
        raise EngineError("the server was restarted")

    with monkeypatch.context() as broken:
        broken.setattr(type(index), "activate", refuse)
        with pytest.raises(EngineError):
            rebuild(lambda count: None)
    assert dict(index.inventory()) == held
    assert differences() == set()
    assert rebuild(lambda count: None) >= len(shelf)
    assert differences() == set()


@pytest.mark.django_db
def test_what_goes_while_the_index_is_rebuilt_is_in_neither(
    shelf: list[str], index: Engine
) -> None:
    def withdraw(count: int) -> None:
        from portal.library.models import Document

        for one in Document.objects.filter(pk=shelf[0].partition(":")[2]):
            one.delete()
            drain()

    rebuild(withdraw)
    assert shelf[0] not in dict(index.inventory())
    assert differences() == set()


@pytest.mark.django_db
def test_a_rebuild_rests_while_somebody_publishes(
    shelf: list[str], index: Engine, monkeypatch: Any
) -> None:
    rests: list[float] = []
    monkeypatch.setattr("search.indexing.time.sleep", rests.append)
    drain()
    rebuild(lambda count: None)
    assert rests == []
    document("altro")
    rebuild(lambda count: None)
    assert len(rests) > len(shelf)
    assert differences() == set()


@pytest.mark.django_db
def test_one_process_rebuilds(shelf: list[str], index: Engine) -> None:
    with only_one("rebuild"), pytest.raises(EngineBusyError):
        rebuild(lambda count: None)
    empty(index)
    with only_one("rebuild"):
        document("altro")
        assert drain_outbox() == 0
    assert OutboxRow.objects.exists()
    assert drain_outbox() >= len(shelf)


@pytest.mark.django_db
def test_an_engine_that_is_away_is_tried_again_soon(index: Engine, monkeypatch: Any) -> None:
    tried = []

    def refuse(self: Engine) -> None:
        tried.append(self)
        raise EngineError("connessione rifiutata")

    document("testo")
    with monkeypatch.context() as broken:
        broken.setattr(type(index), "status", refuse)
        # What is published meanwhile does not ask an engine that failed a moment ago.
        for _ in range(3):
            assert drain_outbox() == 0
        assert len(tried) == 1
        again = Schedule.objects.get(name="drain_outbox again")
        assert (again.func, again.schedule_type) == ("search.tasks.drain_outbox", Schedule.ONCE)
        Schedule.objects.update(next_run=timezone.now())
        assert drain_outbox() == 0
        assert len(tried) == 2
        assert Schedule.objects.get(name="drain_outbox again").next_run > timezone.now()
    assert drain_outbox() == 0
    # A reader sees it fail and answer again: what waited is written at once.
    note_engine(answers=False)
    note_engine(answers=True)
    assert drain_outbox() == 1
    assert not OutboxRow.objects.exists()


def _delete(engine: EmbeddedEngine) -> None:
    shutil.rmtree(engine.folder.path)


def _garble(engine: EmbeddedEngine) -> None:
    folder = engine.folder.path / engine.folder.current() / "documents"
    (folder / "meta.json").write_text("{")


def _lose_files(engine: EmbeddedEngine) -> None:
    folder = engine.folder.path / engine.folder.current()
    for file in folder.glob("*/*.idx"):
        file.unlink()
    meta = folder / "documents" / "meta.json"
    meta.write_text(meta.read_text())


# Who has the files open still reads those that are gone.
@pytest.mark.parametrize(
    ("damage", "opened"),
    [(_delete, True), (_delete, False), (_garble, True), (_garble, False), (_lose_files, False)],
)
def test_a_folder_that_was_damaged_is_begun_again(
    tmp_path: Path, damage: Callable[[EmbeddedEngine], None], opened: bool
) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    engine.upsert([item("page:1", "bando")])
    assert ids(engine, "bando") == ["page:1"]
    damage(engine)
    engine = engine if opened else EmbeddedEngine(tmp_path / "index")
    assert ids(engine, "bando") == []
    engine.upsert([item("page:1", "bando", seq=2)])
    assert dict(engine.inventory()) == {"page:1": 2}


def test_a_folder_that_cannot_be_is_an_engine_error(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file where the folder should be")
    engine = EmbeddedEngine(tmp_path / "index")
    calls: list[Callable[[], object]] = [
        lambda: engine.search(SearchRequest(parse("gara"), PUBLIC)),
        lambda: engine.passages(parse("gara"), ["page:1"]),
        lambda: engine.suggest("ga", PUBLIC),
        lambda: engine.similar("page:1", PUBLIC),
        lambda: engine.suggest_spelling(parse("gara"), PUBLIC),
        engine.inventory,
        engine.status,
        engine.begin,
        lambda: engine.upsert([item("page:1")]),
        lambda: engine.delete(["page:1"], 1),
        lambda: engine.writing().__enter__(),
    ]
    for call in calls:
        with pytest.raises(EngineError):
            call()
