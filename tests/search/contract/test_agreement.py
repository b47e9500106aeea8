"""The engines beside one another: the same totals, the same facets, nearly the same order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.base import Engine, IndexItem, SearchRequest
from search.query import parse
from tests.search import engines
from tests.search.contract.content import facets, item, pages
from tests.search.contract.pairs import MATCH
from tests.search.contract.strangers import NO_MATCH

pytestmark = pytest.mark.skipif(
    not engines.has_elasticsearch(), reason="ELASTICSEARCH_URL is not set"
)
TEXTS = [text for _, text in MATCH + NO_MATCH]
QUERIES = sorted({words for words, _ in MATCH + NO_MATCH})
READERS = [
    frozenset({"public"}),
    frozenset({"public", "members", "organisation:3", "user:5", "space:1"}),
]


def library() -> Iterator[IndexItem]:
    """Yield documents made of the texts of the pairs, always the same."""
    chance = random.Random(7)
    tokens = ["public", "members", "organisation:3", "organisation:4", "user:5", "space:1"]
    for number in range(300):
        yield item(
            f"document:{number}",
            title=chance.choice(TEXTS),
            pages=pages(*(" ".join(chance.choices(TEXTS, k=12)) for _ in range(4))),
            audience=frozenset(chance.choices(tokens, k=2)),
            facets=facets(
                kind=chance.choice(["document", "news"]),
                network=chance.sample(["sua", "europa", "innovazione"], k=2),
                year=str(2018 + number % 6),
                format=chance.choice(["pdf", "odt"]),
            ),
        )


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> list[Engine]:
    """Both engines with the same documents."""
    folder: Path = tmp_path_factory.mktemp("agreement")
    made = [engines.make(kind, folder / kind, "agreement") for kind in engines.KINDS]
    for engine in made:
        engine.upsert(library())
    return made


@pytest.mark.parametrize("reader", READERS, ids=["anonymous", "member"])
def test_strict_totals_facets_and_order(both: list[Engine], reader: frozenset[str]) -> None:
    overlaps = []
    for words in QUERIES:
        request = SearchRequest(
            query=parse(words),
            audience=reader,
            filters={"network": frozenset({"sua", "europa"}), "year": frozenset({"2020", "2021"})},
            strict=True,
        )
        embedded, server = (engine.search(request) for engine in both)
        assert embedded.total == server.total, words
        assert embedded.facets == server.facets, words
        first, second = ({hit.id for hit in found.hits} for found in (embedded, server))
        if first:
            overlaps.append(len(first & second) / len(first))
    assert sum(overlaps) / len(overlaps) >= 0.95


def test_the_same_pages(both: list[Engine]) -> None:
    shared = wanted = 0
    for words in QUERIES[::4]:
        ids = [f"document:{number}" for number in range(20)]
        embedded, server = (engine.passages(parse(words), ids) for engine in both)
        assert embedded.keys() == server.keys(), words
        for key, passages in embedded.items():
            numbers = {passage.number for passage in passages}
            wanted += len(numbers)
            shared += len(numbers & {passage.number for passage in server[key]})
    assert shared / wanted >= 0.95


def test_the_same_suggestions(both: list[Engine]) -> None:
    for typed in ("conv", "la gara", "regol", "piani di r"):
        found = [{hit.id for hit in engine.suggest(typed, READERS[1], 300)} for engine in both]
        assert found[0] == found[1]
    for typed in ("convensione", "apalti publici", "comunni"):
        found_words = [engine.suggest_spelling(parse(typed), READERS[1]) for engine in both]
        assert found_words[0] == found_words[1] != ""
