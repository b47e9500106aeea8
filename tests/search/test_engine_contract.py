"""What every engine must do; the pairs say what Italian demands."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, strategies
from hypothesis import settings as bounded

from search.engines.base import Engine, IndexItem, PageText, SearchRequest
from search.query import parse

PUBLIC = frozenset({"public"})

MATCH = [
    ("ente", "gli enti locali"),
    ("enti", "un ente pubblico"),
    ("piano", "i piani di riassetto"),
    ("piani", "il piano di riassetto"),
    ("gara", "le gare bandite"),
    ("gare", "la gara bandita"),
    ("legge", "le leggi regionali"),
    ("leggi", "la legge regionale"),
    ("delibera", "le delibere del consiglio"),
    ("delibere", "la delibera del consiglio"),
    ("convenzione", "le convenzioni tra Comuni"),
    ("convenzioni", "la convenzione tra Comuni"),
    ("comuni", "il Comune di Asolo"),
    ("comune", "i Comuni aderenti"),
    ("provincia", "le Province capofila"),
    ("province", "la Provincia capofila"),
    ("qualità", "la qualita del servizio"),
    ("qualita", "la QUALITÀ del servizio"),
    ("attività", "ATTIVITA' DI PROGETTO"),
    ("attivita", "le attività di progetto"),
    ("città", "la citta metropolitana"),
    ("università", "l'Universita di Padova"),
    ("appalto", "gli appalti pubblici"),
    ("appalti", "un appalto pubblico"),
    ("ente", "dell'ente capofila"),
    ("ente", "dell’ente capofila"),
    ("amministrazione", "quell'amministrazione"),
    ("antonio", "sant'Antonio Abate"),
    ("altro", "senz'altro"),
    ("accordo", "l'accordo quadro"),
    ("avviso", "un'avviso scritto male"),
    ("SUA", "la SUA provinciale"),
    ("SUA", "la S.U.A. provinciale"),
    ("S.U.A.", "la SUA provinciale"),
    ("s.u.a.", "la SUA provinciale"),
    ("SUA", "la stazione unica appaltante"),
    ("stazione unica appaltante", "la SUA della Provincia"),
    ("DUP", "il D.U.P. del 2022"),
    ("dup", "il DUP del 2022"),
    ("regolamento", "i regolamenti"),
    ("regolamenti", "il REGOLAMENTO"),
    ("funzionario", "i funzionari"),
    ("funzionari", "un funzionario"),
    ("servizio", "i servizi associati"),
    ("servizi", "il servizio associato"),
    ("contratto", "i contratti"),
    ("bando", "i bandi europei"),
    ("bandi", "il bando europeo"),
    ("progetto", "i progetti"),
    ("verbale", "i verbali delle sedute"),
    ("56/2014", "la legge 56/2014"),
    ("digitale", "le competenze digitali"),
    ("europeo", "le politiche europee"),
    ("europea", "i fondi europei"),
    ('"gestione associata"', "la gestione associata dei servizi"),
    ("gestione associata", "associata è la gestione"),
    ("formazione", "FORMAZIONE"),
    ("perché", "il perche della scelta"),
    ("gara -lavori", "una gara per servizi"),
    ("convenzione comuni", "i Comuni firmano la convenzione"),
]
NO_MATCH = [
    ("comunicazione", "i Comuni"),
    ("comuni", "la comunicazione"),
    ('"gestione associata"', "associata è la gestione"),
    ('"gestione associata"', "gestione dei servizi associata"),
    ("gara -lavori", "una gara per lavori"),
    ("SUA", "la sua opinione"),
    ("piano", "il pianoforte"),
    ("gara", "la garanzia"),
    ("legge", "la leggenda"),
    ("56/2014", "la legge 65/2014"),
    ("ente", "le entrate"),
    ("bando", "la bandiera"),
    ("appalto", "il palto"),
    ("-gara", "una gara"),
]


def item(key: str, body: str = "", **changes: Any) -> IndexItem:
    """Return an object for the index."""
    values: dict[str, Any] = {
        "id": key,
        "kind": "page",
        "title": "",
        "summary": "",
        "body": body,
        "pages": [],
        "audience": PUBLIC,
        "networks": [],
        "provinces": [],
        "year": None,
        "format": None,
        "date": None,
        "seq": 1,
    }
    return IndexItem(**{**values, **changes})


def ids(engine: Engine, words: str, audience: frozenset[str] = PUBLIC, **more: Any) -> list[str]:
    """Return the ids found."""
    request = SearchRequest(query=parse(words), audience=audience, **more)
    return [hit.id for hit in engine.search(request).hits]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine with every text of the pairs."""
    from search.engines.embedded import EmbeddedEngine

    engine = EmbeddedEngine(tmp_path_factory.mktemp("pairs"))
    engine.upsert(item(f"page:{n}", text) for n, (_, text) in enumerate(MATCH + NO_MATCH))
    return engine


@pytest.mark.parametrize(("number", "words"), list(enumerate(words for words, _ in MATCH)))
def test_must_match(shelf: Engine, number: int, words: str) -> None:
    assert f"page:{number}" in ids(shelf, words, page_size=100)


@pytest.mark.parametrize(("number", "words"), list(enumerate(words for words, _ in NO_MATCH)))
def test_must_not_match(shelf: Engine, number: int, words: str) -> None:
    assert f"page:{number + len(MATCH)}" not in ids(shelf, words, page_size=100)


def test_audience_filters_hits_totals_and_facets(engine: Engine) -> None:
    engine.upsert(
        [
            item("page:1", "convenzione", networks=["sua"]),
            item("page:2", "convenzione", audience=frozenset({"members"}), networks=["europa"]),
            item("page:3", "convenzione", audience=frozenset({"organisation:7", "user:2"})),
        ]
    )
    for audience, expected in (
        (PUBLIC, {"page:1"}),
        (frozenset({"public", "members"}), {"page:1", "page:2"}),
        (frozenset({"public", "organisation:7"}), {"page:1", "page:3"}),
        (frozenset({"organisation:77"}), set()),
        (frozenset(), set()),
    ):
        found = engine.search(SearchRequest(query=parse("convenzione"), audience=audience))
        assert {hit.id for hit in found.hits} == expected
        assert found.total == len(expected)
        networks = dict(found.facets["network"])
        assert ("europa" in networks) is ("page:2" in expected)
        assert sum(count for _, count in found.facets["kind"]) == len(expected)


def test_each_facet_is_counted_without_its_own_filter(engine: Engine) -> None:
    engine.upsert(
        [
            item("document:1", "gara", kind="document", networks=["sua"], year=2022, format="pdf"),
            item("document:2", "gara", kind="document", networks=["sua"], year=2021, format="odt"),
            item("page:3", "gara", kind="news", networks=["europa"], year=2022),
        ]
    )
    found = engine.search(
        SearchRequest(
            query=parse("gara"),
            audience=PUBLIC,
            filters={"network": frozenset({"sua"}), "year": frozenset({"2022", "2021"})},
        )
    )
    assert {hit.id for hit in found.hits} == {"document:1", "document:2"}
    assert dict(found.facets["network"]) == {"sua": 2, "europa": 1}
    assert dict(found.facets["year"]) == {"2022": 1, "2021": 1}
    assert dict(found.facets["format"]) == {"pdf": 1, "odt": 1}


def test_lenient_only_when_nothing_has_every_word(engine: Engine) -> None:
    engine.upsert(
        [item("page:1", "convenzione comuni gara"), item("page:2", "convenzione e comuni")]
    )
    strict = engine.search(SearchRequest(query=parse("convenzione gara"), audience=PUBLIC))
    assert (strict.lenient, [hit.id for hit in strict.hits]) == (False, ["page:1"])
    lenient = engine.search(
        SearchRequest(query=parse("convenzione comuni astronave"), audience=PUBLIC)
    )
    assert lenient.lenient
    assert lenient.total == 2


def test_words_may_stand_on_different_pages(engine: Engine) -> None:
    pages = [PageText(1, "p. 1", "la convenzione"), PageText(2, "p. 2", "il contributo dei comuni")]
    engine.upsert([item("document:1", "la convenzione\nil contributo dei comuni", pages=pages)])
    query = parse("convenzione contributo")
    assert ids(engine, "convenzione contributo") == ["document:1"]
    assert {page.number for page in engine.passages(query, ["document:1"])["document:1"]} == {1, 2}
    best = engine.passages(parse("contributo"), ["document:1"])["document:1"]
    assert [(page.number, page.label) for page in best] == [(2, "p. 2")]


def test_the_title_weighs_more(engine: Engine) -> None:
    engine.upsert(
        [
            item("page:1", "si parla di regolamento una volta in un testo", title="Verbale"),
            item("page:2", "testo", title="Regolamento della SUA"),
        ]
    )
    assert ids(engine, "regolamento")[0] == "page:2"


def test_order_by_date_paging_and_ties(engine: Engine) -> None:
    engine.upsert(
        item(f"page:{n}", "piano", date=dt.date(2022, 1, 1 + n % 5), seq=n) for n in range(1, 26)
    )
    pages = [ids(engine, "piano", sort="date", page=number) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert len({key for page in pages for key in page}) == 25
    assert pages == [ids(engine, "piano", sort="date", page=number) for number in (1, 2, 3)]
    assert pages[0][0].removeprefix("page:") in {"4", "9", "14", "19", "24"}
    assert ids(engine, "piano", page=999) == []


def test_excluded_deleted_and_replaced(engine: Engine) -> None:
    engine.upsert([item("page:1", "bando"), item("page:2", "bando")])
    assert ids(engine, "bando", exclude_ids=frozenset({"page:1"})) == ["page:2"]
    engine.upsert([item("page:1", "avviso", seq=2)])
    assert ids(engine, "bando") == ["page:2"]
    engine.delete(["page:2"])
    assert ids(engine, "bando") == []
    assert engine.status().documents == 1


def test_a_new_generation_answers_only_when_it_is_active(engine: Engine) -> None:
    engine.upsert([item("page:1", "vecchio")])
    generation = engine.begin()
    engine.upsert([item("page:2", "nuovo")], generation)
    assert (ids(engine, "vecchio"), ids(engine, "nuovo")) == (["page:1"], [])
    engine.activate(generation)
    assert (ids(engine, "vecchio"), ids(engine, "nuovo")) == ([], ["page:2"])


HOSTILE = [
    "",
    " ",
    '"',
    '""',
    '"""',
    "-",
    "--",
    "- -",
    '-"',
    "*",
    "?",
    "(",
    ")))",
    "a:b",
    "title:x",
    "\\",
    "/",
    "AND OR NOT",
    "\x00",
    "a\x00b",
    "🏛️",
    "\u202e",
    "x" * 100_000,
    "a " * 50_000,
    '"' * 10_000,
    "[1 TO 2]",
    "~",
    "^3",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered(shelf: Engine, words: str) -> None:
    ids(shelf, words)
    shelf.passages(parse(words), ["page:1"])


@given(strategies.text(max_size=200))
@bounded(max_examples=150, deadline=None)
def test_any_text_parses(words: str) -> None:
    query = parse(words)
    assert len(query.wanted) + len(query.unwanted) == len(query.clauses)
