"""The order of results: an object is worth what it says as a whole and what its best pages say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.engines.base import Hit, Passage

# So many of the first objects are put in order by their best pages too.
WINDOW = 20
# What the best page of an object adds to its own score, and the next ones.
PAGE_WEIGHTS = (0.5, 0.2, 0.1)


def by_best_pages(hits: Sequence[Hit], passages: Mapping[str, Sequence[Passage]]) -> list[Hit]:
    """Return hits by their score and those of their best pages; equals stay as they are."""

    def worth(hit: Hit) -> float:
        pages = zip(PAGE_WEIGHTS, passages.get(hit.id, ()), strict=False)
        return hit.score + sum(weight * page.score for weight, page in pages)

    return sorted(hits, key=worth, reverse=True)
