"""The order of results: an object is worth what it says as a whole and what its best page says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.engines.base import Hit, Passage

# So many of the first objects are put in order by their best pages too.
WINDOW = 30
PAGE_WEIGHT = 0.6


def by_best_page(hits: Sequence[Hit], passages: Mapping[str, Sequence[Passage]]) -> list[Hit]:
    """Return hits in order of their score and that of their best page; equals stay as they are."""

    def worth(hit: Hit) -> float:
        best = passages.get(hit.id)
        return hit.score + PAGE_WEIGHT * (best[0].score if best else 0.0)

    return sorted(hits, key=worth, reverse=True)
