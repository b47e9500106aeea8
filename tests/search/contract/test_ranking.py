"""What makes a result better: norms, questions, running lines, best pages, slips of the hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.analysis import terms
from search.analysis.acts import act_number
from search.analysis.running import without_running
from search.engines.base import REFINED, Engine, Hit, Passage, SearchRequest
from search.query import Word, parse
from search.ranking import by_best_pages
from tests.search.contract.content import PUBLIC, facets, ids, item, pages


def words(typed: str) -> list[tuple[str, bool]]:
    """Return the words of a query, and whether it can do without each."""
    return [
        (clause.node.exact, clause.optional)
        for clause in parse(typed).clauses
        if isinstance(clause.node, Word)
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "56/2014",
        "legge 56/2014",
        "l. 56/2014",
        "legge n. 56/2014",
        "legge 7 aprile 2014, n. 56",
        "legge 2014 n. 56",
        "legge n. 56 del 2014",
    ],
)
def test_the_number_of_an_act_is_one_word_however_it_is_typed(typed: str) -> None:
    assert ("56/2014", False) in words(typed)


@pytest.mark.parametrize("typed", ["2023/2025", "15/09/2022", "1/2", "a/2014", "/2014", "56/"])
def test_other_numbers_are_no_acts(typed: str) -> None:
    assert act_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("56/2014", "ai sensi della legge 7 aprile 2014, n. 56, le Province"),
        ("legge 7 aprile 2014 n. 56", "ai sensi della l. 56/2014"),
        ("d.lgs. 50/2016", "il decreto legislativo 18 aprile 2016, n. 50"),
        ("d.l. 77/2021", "il decreto-legge 31 maggio 2021, n. 77"),
        ("2016/679", "regolamento (UE) 2016/679"),
        ("art. 37", "secondo l’articolo 37 del codice"),
        ("articolo 37", "secondo l'art.37 del codice"),
        ("CAD", "il codice dell’amministrazione digitale"),
        ("TUEL", "il decreto legislativo 18 agosto 2000, n. 267"),
        ("chi può recedere?", "in caso di recesso"),
        ("come si aderisce", "le adesioni"),
    ],
)
def test_what_means_the_same_is_found(engine: Engine, typed: str, text: str) -> None:
    engine.upsert([item("page:1", text)])
    request = SearchRequest(query=parse(typed), audience=PUBLIC, strict=True)
    assert [hit.id for hit in engine.search(request).hits] == ["page:1"]


@pytest.mark.parametrize(
    ("typed", "text"),
    [("56/2014", "la legge 7 aprile 2015, n. 56"), ("d.lgs. 36/2023", "d.lgs. 36/2006 del 2023")],
)
def test_another_act_is_not_found(engine: Engine, typed: str, text: str) -> None:
    engine.upsert([item("page:1", text)])
    request = SearchRequest(query=parse(typed), audience=PUBLIC, strict=True)
    assert engine.search(request).total == 0


def test_the_words_of_a_question_are_not_required() -> None:
    assert words("quando serve il CIG?") == [
        ("quando", True),
        ("serve", True),
        ("il", True),
        ("cig", False),
    ]
    assert words("chi è") == [("chi", False), ("e", False)]


def test_lines_on_most_pages_are_said_once() -> None:
    pages = [f"Comune di Asolo\nPagina {n} di 5\ntesto {'abcde'[n - 1]}" for n in range(1, 6)]
    assert without_running(pages) == [
        "Comune di Asolo\nPagina 1 di 5\ntesto a",
        "testo b",
        "testo c",
        "testo d",
        "testo e",
    ]


def test_few_pages_and_lines_of_their_own_stay() -> None:
    assert without_running(["uguale\na", "uguale\nb", "uguale\nc"]) == [
        "uguale\na",
        "uguale\nb",
        "uguale\nc",
    ]
    texts = ["uguale\na", "b", "uguale\nc", "d"]
    assert without_running(texts) == texts
    assert without_running(["uguale"] * 4) == ["uguale"] * 4


def test_a_running_line_makes_no_passage(engine: Engine) -> None:
    texts = pages(
        "Regolamento degli appalti\nfrontespizio",
        *[f"Regolamento degli appalti\n{word}" for word in ("premesse", "oggetto", "durata")],
        "Regolamento degli appalti\nsi applica il regolamento sugli appalti dei lavori",
    )
    engine.upsert([item("document:1", pages=texts)])
    found = engine.passages(parse("regolamento appalti"), ["document:1"])["document:1"]
    assert {page.number for page in found} == {1, 5}


def test_a_good_page_lifts_its_object() -> None:
    hits = [Hit("a", 5.0), Hit("b", 4.5), Hit("c", 4.5)]
    passages = {"b": [Passage(2, "p. 2", 3.0)], "c": [Passage(1, "p. 1", 3.0)]}
    assert [hit.id for hit in by_best_pages(hits, passages)] == ["b", "c", "a"]
    assert by_best_pages(hits, {}) == hits


def test_close_words_come_first_and_the_pages_go_on(engine: Engine) -> None:
    apart = "piano " + "parola " * 20 + "gara"
    found = REFINED + 30

    def page_of(number: int, size: int) -> list[str]:
        return ids(engine, "piano gara", page=number, page_size=size)

    engine.upsert(
        [
            *(item(f"page:{n}", f"{apart} {'altra ' * n}") for n in range(found - 1)),
            item("page:close", f"{'altra ' * 20} piano gara {'parola ' * 20}"),
        ]
    )
    orders = [
        [key for number in range(1, -(-found // size) + 1) for key in page_of(number, size)]
        for size in (10, 40, 500)
    ]
    assert orders[0][0] == "page:close"
    assert orders[0] == orders[1] == orders[2]
    assert len(set(orders[0])) == len(orders[0]) == found
    assert page_of(999, 10) == []


def test_few_results_are_completed_with_those_that_lack_a_word(engine: Engine) -> None:
    engine.upsert(
        [item("page:1", "elenco dei commissari di gara"), item("page:2", "commissari in elenco")]
    )
    asked = SearchRequest(query=parse("elenco commissari gara"), audience=PUBLIC)
    exact = engine.search(asked)
    assert (exact.total, exact.complete, exact.lenient) == (1, 1, False)
    more = engine.search(SearchRequest(query=asked.query, audience=PUBLIC, few=5))
    assert [hit.id for hit in more.hits] == ["page:1", "page:2"]
    assert (more.total, more.complete, more.lenient) == (2, 1, True)
    some = SearchRequest(query=asked.query, audience=PUBLIC, few=5, stop_at_none=True)
    assert engine.search(some) == more
    none = SearchRequest(query=parse("elenco astronave"), audience=PUBLIC, few=5)
    assert engine.search(none).total == 2
    assert engine.search(replace(none, stop_at_none=True)).total == 0


def test_filters_do_not_loosen_a_search(engine: Engine) -> None:
    engine.upsert(
        [
            item("page:1", "elenco commissari", facets=facets(kind="news")),
            item("page:2", "elenco commissari", facets=facets(kind="event")),
            item("page:3", "elenco", facets=facets(kind="news")),
        ]
    )
    request = SearchRequest(
        query=parse("elenco commissari"),
        audience=PUBLIC,
        filters={"kind": frozenset({"news"})},
        few=2,
    )
    found = engine.search(request)
    assert [hit.id for hit in found.hits] == ["page:1"]


def test_irregular_forms_share_a_stem_and_others_do_not() -> None:
    assert {term.stem for term in terms("recedere recesso recede")} == {"recess"}
    assert len({term.stem for term in terms("uscire usare")}) == 2
