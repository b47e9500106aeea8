"""Facets on every engine: counted without their own filter, the archive and the scopes too."""

from __future__ import annotations

from search.engines.base import Engine, SearchRequest
from search.query import parse
from tests.search.contract.content import PUBLIC, facets, ids, item


def test_each_facet_is_counted_without_its_own_filter(engine: Engine) -> None:
    engine.upsert(
        [
            item("document:1", "gara", facets=facets(network="sua", year="2022", format="pdf")),
            item("document:2", "gara", facets=facets(network="sua", year="2021", format="odt")),
            item("page:3", "gara", facets=facets(network="europa", year="2022")),
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


def test_every_facet_filters_and_counts(engine: Engine) -> None:
    every = {
        "network": ["sua", "europa"],
        "province": ["TV"],
        "body": ["12"],
        "document_kind": ["verbale"],
        "year": ["2023"],
        "format": ["pdf"],
        "signed": ["yes"],
        "tag": ["buone pratiche", "SUA"],
        "norm": ["urn:nir:stato:legge:2014-04-07;56"],
        "state": ["archiviati"],
    }
    engine.upsert([item("document:1", "gara", facets=facets(**every)), item("document:2", "gara")])
    for name, values in every.items():
        for value in values:
            chosen = {name: frozenset({value, "altro"})}
            assert ids(engine, "gara", filters=chosen) == ["document:1"]
            found = engine.search(SearchRequest(parse("gara"), PUBLIC, filters=chosen))
            others = {"in-uso": 1} if name == "state" else {}
            assert dict(found.facets[name]) == dict.fromkeys(values, 1) | others
        assert ids(engine, "gara", filters={name: frozenset({"altro"})}) == []


def test_the_archive_is_counted_beside_what_is_in_use(engine: Engine) -> None:
    engine.upsert(
        [
            item("document:1", "gara", facets=facets(year="2022", state="in-uso")),
            item("document:2", "gara", facets=facets(year="2021", state="archiviati")),
            item("document:3", "gara", facets=facets(year="2020", state="archiviati")),
            item(
                "document:4",
                "gara",
                audience=frozenset({"staff"}),
                facets=facets(state="archiviati"),
            ),
            item("page:5", "gara"),
        ]
    )
    years = {"in-uso": {"2022": 1}, "archiviati": {"2021": 1, "2020": 1}}
    keys = {"in-uso": {"document:1", "page:5"}, "archiviati": {"document:2", "document:3"}}
    for chosen in (["in-uso"], ["archiviati"], ["in-uso", "archiviati"]):
        found = engine.search(
            SearchRequest(parse("gara"), PUBLIC, filters={"state": frozenset(chosen)})
        )
        expected = set().union(*(keys[one] for one in chosen))
        assert {hit.id for hit in found.hits} == expected
        assert found.total == len(expected)
        # Of the state every value, of the others what is left.
        assert dict(found.facets["state"]) == {"in-uso": 2, "archiviati": 2}
        counted = {year: 1 for one in chosen for year in years[one]}
        assert dict(found.facets["year"]) == counted
    both = {"state": frozenset({"archiviati"}), "year": frozenset({"2022"})}
    found = engine.search(SearchRequest(parse("gara"), PUBLIC, filters=both))
    assert (found.total, dict(found.facets["state"])) == (0, {"in-uso": 1})


def test_scopes_are_counted_for_each_reader(engine: Engine) -> None:
    audiences = [
        {"public"},
        {"public", "user:2"},
        {"organisation:7"},
        {"organisation:7", "user:2"},
        {"space:4"},
        {"space:5"},
        {"members"},
        {"organisation:70"},
    ]
    engine.upsert(
        item(f"page:{n}", "gara", audience=frozenset(one)) for n, one in enumerate(audiences)
    )
    reader = frozenset({"public", "members", "user:2", "organisation:7", "space:4"})

    def scopes(audience: frozenset[str], **chosen: str) -> tuple[int, dict[str, int]]:
        filters = {name: frozenset({value}) for name, value in chosen.items()}
        found = engine.search(SearchRequest(parse("gara"), audience, filters=filters))
        return found.total, dict(found.facets["scope"])

    assert scopes(reader) == (6, {"mine": 3, "spaces": 1, "public": 2})
    assert scopes(reader, scope="mine") == (3, {"mine": 3, "spaces": 1, "public": 2})
    assert scopes(reader, scope="spaces") == (1, {"mine": 3, "spaces": 1, "public": 2})
    assert scopes(reader, scope="altro") == (0, {"mine": 3, "spaces": 1, "public": 2})
    assert scopes(PUBLIC) == (2, {"public": 2})
    assert scopes(PUBLIC, scope="mine") == (0, {"public": 2})
    assert scopes(reader, kind="news") == (0, {})
