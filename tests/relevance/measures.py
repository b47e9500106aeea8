"""How good a ranking is: nDCG@10, reciprocal rank, right page, overlap."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

DEPTH = 10
PAGES_SHOWN = 3
RESULTS_READ = 3


def gain(grade: int) -> float:
    """Return what a grade is worth: 0, 1, 3, 7."""
    return float(2**grade - 1)


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Return the discounted gain of a ranking, as a part of the best possible one."""
    found = sum(
        gain(grades.get(key, 0)) / math.log2(position + 2)
        for position, key in enumerate(ranking[:depth])
    )
    ideal = sum(
        gain(grade) / math.log2(position + 2)
        for position, grade in enumerate(sorted(grades.values(), reverse=True)[:depth])
    )
    return found / ideal if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return one divided by the position of the first result of the highest grade."""
    best = max(grades.values())
    for position, key in enumerate(ranking[:DEPTH], 1):
        if grades.get(key) == best:
            return 1 / position
    return 0.0


def right_page(
    ranking: Sequence[str],
    shown: Mapping[str, Sequence[int]],
    right: Mapping[str, frozenset[int]],
) -> float:
    """Return 1 when one of the first three results shows a right page among its best three.

    What has one page only is right as a whole: its right pages are none.
    """
    for key in ranking[:RESULTS_READ]:
        if key in right:
            pages = right[key]
            if not pages or pages & set(shown.get(key, ())[:PAGES_SHOWN]):
                return 1.0
    return 0.0


def overlap(one: Sequence[str], other: Sequence[str], depth: int = DEPTH) -> float:
    """Return the part that two rankings share of the longer one's first ten."""
    first, second = set(one[:depth]), set(other[:depth])
    longest = max(len(first), len(second))
    return len(first & second) / longest if longest else 1.0
