"""What tantivy answers, in the words of the engines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from search.engines.base import SCOPES, Hit, Passage, tokens_of_scope
from search.engines.embedded.schema import object_number


class Scored(NamedTuple):
    """An object found, by its number of recency, which no other has, and where it is."""

    score: float
    recency: int
    address: Any


def ordered(searcher: Any, hits: Sequence[tuple[Any, Any]]) -> list[Scored]:
    """Return what was found, of equal scores the latest first."""
    dates = searcher.fast_field_values("recency", [address for _, address in hits])
    found = [
        Scored(float(score), int(date), address)
        for (score, address), date in zip(hits, dates, strict=True)
    ]
    return _best_first(found)


def refined(searcher: Any, hits: Sequence[Scored], more: Sequence[tuple[Any, Any]]) -> list[Scored]:
    """Return hits in order by their score and what else was found of them."""
    dates = searcher.fast_field_values("recency", [address for _, address in more])
    worth = {date: float(score) for (score, _), date in zip(more, dates, strict=True)}
    return _best_first(
        [Scored(score + worth.get(date, 0.0), date, address) for score, date, address in hits]
    )


def _best_first(hits: Iterable[Scored]) -> list[Scored]:
    return sorted(hits, key=lambda hit: (-hit.score, -hit.recency))


def hits_of(searcher: Any, found: Iterable[Scored]) -> list[Hit]:
    """Return what was found by its ids."""
    return [Hit(str(searcher.doc(one.address)["id"][0]), one.score) for one in found]


def passages_of(
    searcher: Any, hits: Sequence[tuple[Any, Any]], ids: Iterable[str], most: int
) -> dict[str, list[Passage]]:
    """Return the best pages of each object, of equal scores the first; only those are loaded."""
    objects = searcher.fast_field_values("object", [address for _, address in hits])
    best: dict[int, list[tuple[Any, Any]]] = defaultdict(list)
    for hit, number in zip(hits, objects, strict=True):
        pages = best[number]
        # The best come first: of the others only equals may have a place among them.
        if len(pages) < most or hit[0] >= pages[most - 1][0]:
            pages.append(hit)
    # A pinned answer may be a result too: it is named twice.
    once = dict.fromkeys(ids)
    kept = [(key, *hit) for key in once for hit in best.get(object_number(key), ())]
    numbers = searcher.fast_field_values("number", [address for _, _, address in kept])
    found: dict[str, list[tuple[float, int, Any]]] = defaultdict(list)
    for (key, score, address), number in zip(kept, numbers, strict=True):
        found[key].append((-float(score), int(number), address))
    return {
        key: [
            Passage(number, str(searcher.doc(address)["label"][0]), -score)
            for score, number, address in sorted(pages, key=lambda page: page[:2])[:most]
        ]
        for key, pages in found.items()
    }


def count_of(searcher: Any, query: Any) -> int:
    """Return how many objects match; nothing is scored, as it would be by a search."""
    counted = searcher.aggregate(query, {"all": {"value_count": {"field": "recency"}}})
    return int(counted["all"]["value"])


def pairs_of(buckets: Iterable[dict[str, Any]]) -> list[tuple[str, int]]:
    """Return the values of a facet with their counts, the most frequent first."""
    pairs = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def scopes_of(counts: Sequence[tuple[str, int]], audience: frozenset[str]) -> list[tuple[str, int]]:
    """Return the scopes that have something, from the counts of the sets of tokens."""
    totals = []
    for scope in SCOPES:
        own = tokens_of_scope(audience, scope)
        total = sum(count for tokens, count in counts if not own.isdisjoint(tokens.split()))
        totals.append((scope, total))
    return [(scope, total) for scope, total in totals if total]
