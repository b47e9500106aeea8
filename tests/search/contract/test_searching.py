"""What every engine must answer: audience, facets, leniency, order, pages."""

from __future__ import annotations

import datetime as dt

import pytest

from search.engines.base import Engine, SearchRequest
from search.query import parse
from tests.search.contract.content import PUBLIC, facets, ids, item, pages
from tests.search.contract.hostile import HOSTILE


def test_audience_filters_hits_totals_and_facets(engine: Engine) -> None:
    engine.upsert(
        [
            item("page:1", "convenzione", facets=facets(network="sua")),
            item(
                "page:2",
                "convenzione",
                audience=frozenset({"members"}),
                facets=facets(network="europa"),
            ),
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


def test_lenient_only_when_nothing_has_every_word(engine: Engine) -> None:
    engine.upsert(
        [item("page:1", "convenzione comuni gara"), item("page:2", "convenzione e comuni")]
    )
    strict = engine.search(SearchRequest(query=parse("convenzione gara"), audience=PUBLIC))
    assert (strict.lenient, [hit.id for hit in strict.hits]) == (False, ["page:1"])
    asked = parse("convenzione comuni astronave")
    lenient = engine.search(SearchRequest(query=asked, audience=PUBLIC))
    assert (lenient.lenient, lenient.total) == (True, 2)
    assert engine.search(SearchRequest(query=asked, audience=PUBLIC, strict=True)).total == 0


@pytest.mark.parametrize(
    "words",
    [
        "convenzione E astronave",
        "convenzione NEAR/5 astronave",
        "(convenzione O comuni) astronave",
        "convenzione NON gara astronave",
        'convenzione "e astronave"',
        "convenzione astronav*",
        "convenzione titolo:astronave",
        "convenzione anno:1999",
    ],
)
def test_what_is_asked_exactly_is_never_left_out(engine: Engine, words: str) -> None:
    engine.upsert([item("page:1", "convenzione e comuni"), item("page:2", "astro nave")])
    assert ids(engine, words) == []


def test_fields(engine: Engine) -> None:
    engine.upsert(
        [
            item(
                "document:1",
                "testo",
                title="Convenzione della SUA",
                facets=facets(kind="document", province="TV", year="2021", document_kind="schema"),
            ),
            item("page:2", "convenzione", title="Notizia", facets=facets(year="2023")),
        ]
    )
    for words, expected in (
        ("titolo:convenzioni", ["document:1"]),
        ("title:conv*", ["document:1"]),
        ('titolo:"della sua"', ["document:1"]),
        ("titolo:SUA", ["document:1"]),
        ("convenzione -titolo:convenzione", ["page:2"]),
        ("provincia:tv", ["document:1"]),
        ("PROVINCIA:TV", ["document:1"]),
        ("anno:2023", ["page:2"]),
        ("convenzione anno:2020-2022", ["document:1"]),
        ("convenzione -anno:2023", ["document:1"]),
        ("tipo:schema", ["document:1"]),
        ("tipo:document O anno:2023", ["document:1", "page:2"]),
        ("provincia:xx", []),
    ):
        assert sorted(ids(engine, words)) == expected, words


def test_words_may_stand_on_different_pages(engine: Engine) -> None:
    texts = pages("la convenzione", "il contributo dei comuni", "altro")
    engine.upsert([item("document:1", pages=texts)])
    query = parse("convenzione contributo")
    assert ids(engine, "convenzione contributo") == ["document:1"]
    assert {page.number for page in engine.passages(query, ["document:1"])["document:1"]} == {1, 2}
    for words in ("contributo", "contribut*", '"contributo dei"', "contributo NEAR/2 comuni"):
        best = engine.passages(parse(words), ["document:1"])["document:1"]
        assert [(page.number, page.label) for page in best] == [(2, "p. 2")]
    either = engine.passages(parse("convenzione O (contributo NON gara)"), ["document:1"])
    assert {page.number for page in either["document:1"]} == {1, 2}
    assert engine.passages(parse("anno:2022"), ["document:1"]) == {}
    # A pinned answer may be a result too.
    twice = engine.passages(query, ["document:1", "document:1"])
    assert twice == engine.passages(query, ["document:1"])
    assert engine.passages(parse("contributo"), ["document:2"]) == {}


def test_best_pages_first_and_no_more_than_wanted(engine: Engine) -> None:
    texts = pages("gara", "gara e lavori", *["gara"] * 6)
    engine.upsert([item("document:1", pages=texts), item("document:2", pages=texts)])
    found = engine.passages(parse("gara lavori"), ["document:1", "document:2"])
    for best in found.values():
        assert len(best) == 3
        assert best[0].number == 2


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
    for sort in ("date", "relevance"):
        found = [ids(engine, "piano", sort=sort, page=number) for number in (1, 2, 3)]
        assert [len(page) for page in found] == [10, 10, 5]
        assert len({key for page in found for key in page}) == 25
        assert found == [ids(engine, "piano", sort=sort, page=number) for number in (1, 2, 3)]
        # Of equals the latest first, whatever the order.
        latest = {"page:4", "page:9", "page:14", "page:19", "page:24"}
        assert set(found[0][:5]) == latest
    for number in (999, 1000, 10**6):
        assert ids(engine, "piano", page=number) == []
    assert engine.search(SearchRequest(parse("piano"), PUBLIC, page=999)).total == 25


def test_everything_with_filters(engine: Engine) -> None:
    engine.upsert([item("page:1", "uno", facets=facets(year="2022")), item("page:2", "due")])
    chosen = {"year": frozenset({"2022"})}
    assert ids(engine, "", filters=chosen, everything=True) == ["page:1"]
    assert ids(engine, "", filters=chosen) == []
    assert len(ids(engine, "", everything=True)) == 2


def test_suggestions_are_titles_that_the_reader_may_see(engine: Engine) -> None:
    engine.upsert(
        [
            item("page:1", title="Convenzione della SUA"),
            item("page:2", title="Piano di riassetto"),
            item("page:3", title="Convenzioni riservate", audience=frozenset({"staff"})),
            item("page:4", "convenzione nel testo", title="Altro"),
        ]
    )

    def suggested(typed: str, audience: frozenset[str] = PUBLIC) -> set[str]:
        return {hit.id for hit in engine.suggest(typed, audience)}

    assert suggested("conv") == {"page:1"}
    assert suggested("conv", PUBLIC | {"staff"}) == {"page:1", "page:3"}
    assert suggested("piano di ri") == {"page:2"}
    assert suggested("piani ") == {"page:2"}
    assert suggested("conv zzz") == suggested("") == suggested('"(*') == set()
    assert len(engine.suggest("c", PUBLIC, limit=1)) == 1


def test_similar_documents(engine: Engine) -> None:
    gara = "la gara per i lavori della scuola e il capitolato della gara con offerta"
    engine.upsert(
        [
            item("document:1", gara, title="Gara per la scuola"),
            item("document:2", gara + " bis", title="Gara per il ponte"),
            item("document:3", "il piano di formazione digitale del personale dei comuni"),
            item("document:4", gara, title="Gara segreta", audience=frozenset({"staff"})),
        ]
    )
    assert [hit.id for hit in engine.similar("document:1", PUBLIC)] == ["document:2"]
    both = {hit.id for hit in engine.similar("document:1", PUBLIC | {"staff"})}
    assert both == {"document:2", "document:4"}
    engine.upsert([item("page:5", gara, title="Notizia della gara", facets=facets(kind="news"))])
    assert {hit.id for hit in engine.similar("document:1", PUBLIC)} == {"document:2", "page:5"}
    assert [hit.id for hit in engine.similar("document:1", PUBLIC, kind="news")] == ["page:5"]
    without = engine.similar("document:1", PUBLIC, exclude_ids=frozenset({"document:2"}))
    assert [hit.id for hit in without] == ["page:5"]
    assert engine.similar("document:4", PUBLIC) == []
    assert engine.similar("document:99", PUBLIC) == []


def test_spelling_suggests_only_what_the_reader_may_see(engine: Engine) -> None:
    engine.upsert(
        [
            item("page:1", "la convenzione dei comuni sugli appalti"),
            item("page:2", "canarinozeta", audience=frozenset({"staff"})),
        ]
    )

    def corrected(typed: str, audience: frozenset[str] = PUBLIC) -> str:
        return engine.suggest_spelling(parse(typed), audience)

    assert corrected("convensione") == "convenzione"
    assert corrected("covnenzione dei cumuni") == "convenzione dei comuni"
    assert corrected('"convenzione" apalti -gara') == '"convenzione" appalti -gara'
    assert corrected("convenzione comuni") == ""
    assert corrected("convenzioni") == ""
    assert corrected("canarinozetta") == ""
    assert corrected("canarinozetta", PUBLIC | {"staff"}) == "canarinozeta"
    assert corrected("xyzwq") == corrected("") == corrected("SUAA") == ""


@pytest.mark.timeout(30)
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered_at_once(shelf: Engine, words: str) -> None:
    query = parse(words)
    found = shelf.search(SearchRequest(query=query, audience=PUBLIC))
    assert found.total >= len(found.hits)
    shelf.passages(query, ["page:1"])
    shelf.suggest_spelling(query, PUBLIC)
    shelf.suggest(words, PUBLIC)
