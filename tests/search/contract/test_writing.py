"""How every engine takes changes: replaced, removed, rebuilt, in whatever order."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from search.engines.base import Engine, SearchRequest
from search.query import parse
from tests.search.contract.content import PUBLIC, ids, item, pages


def test_excluded_deleted_and_replaced(engine: Engine) -> None:
    engine.upsert([item("page:1", "bando"), item("page:2", "bando")])
    assert ids(engine, "bando", exclude_ids=frozenset({"page:1"})) == ["page:2"]
    found = engine.search(SearchRequest(parse("bando"), PUBLIC, exclude_ids=frozenset({"page:1"})))
    assert (found.total, dict(found.facets["kind"])) == (1, {"page": 1})
    engine.upsert([item("page:1", "avviso", seq=2)])
    assert ids(engine, "bando") == ["page:2"]
    engine.delete(["page:2", "page:99"], 3)
    assert ids(engine, "bando") == []
    assert engine.status().documents == 1
    assert dict(engine.inventory()) == {"page:1": 2}


def test_pages_of_earlier_states_go(engine: Engine) -> None:
    engine.upsert([item("document:1", pages=pages("uno", "due", "tre"))])
    assert engine.status().pages == 3
    engine.upsert([item("document:1", pages=pages("uno"), seq=2)])
    assert engine.status().pages == 1
    assert ids(engine, "tre") == []
    engine.delete(["document:1"], 3)
    assert (engine.status().documents, engine.status().pages) == (0, 0)


def test_a_new_generation_answers_only_when_it_is_active(engine: Engine) -> None:
    engine.upsert([item("page:1", "vecchio")])
    generation = engine.begin()
    engine.upsert([item("page:2", "nuovo")], generation)
    assert (ids(engine, "vecchio"), ids(engine, "nuovo")) == (["page:1"], [])
    engine.activate(generation)
    assert (ids(engine, "vecchio"), ids(engine, "nuovo")) == ([], ["page:2"])
    assert engine.status().generation == generation


def test_searches_go_on_while_generations_change(engine: Engine) -> None:
    engine.upsert([item("page:1", "sempre")])
    stop = threading.Event()

    def ask() -> int:
        answers = 0
        while not stop.is_set():
            assert ids(engine, "sempre") == ["page:1"]
            answers += 1
        return answers

    with ThreadPoolExecutor(1) as readers:
        reader = readers.submit(ask)
        for seq in range(2, 5):
            generation = engine.begin()
            engine.upsert([item("page:1", "sempre", seq=seq)], generation)
            engine.activate(generation)
        stop.set()
        assert reader.result() > 0


def test_many_may_ask_to_write(engine: Engine) -> None:
    def write(number: int) -> None:
        with engine.writing():
            engine.upsert([item(f"page:{number}", "insieme")])

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(write, range(6)))
    assert engine.status().documents == 6
