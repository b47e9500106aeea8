"""How long pieces of work take, one after the other or by several readers at once."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Times:
    """The milliseconds of each piece of work, and the seconds of all together."""

    each: Sequence[float]
    seconds: float

    def percentile(self, part: int) -> float:
        """Return the milliseconds within which so many of a hundred were done."""
        return statistics.quantiles(self.each, n=100, method="inclusive")[part - 1]

    @property
    def median(self) -> float:
        """The milliseconds of the piece in the middle."""
        return statistics.median(self.each)

    @property
    def p95(self) -> float:
        """The milliseconds within which 95 of a hundred were done."""
        return self.percentile(95)

    @property
    def rate(self) -> float:
        """How many pieces were done in a second."""
        return len(self.each) / self.seconds

    def __str__(self) -> str:
        shown = (self.median, self.p95, self.percentile(99))
        return "p50 {:.1f}, p95 {:.1f}, p99 {:.1f} ms".format(*shown)


def clock(work: Callable[..., object], *arguments: Any) -> float:
    """Return the seconds that a piece of work takes."""
    begun = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - begun


def one_by_one(work: Callable[[str], object], asked: Sequence[str], rounds: int) -> Times:
    """Time a piece of work for each thing asked, all of them in turn, after a round unseen."""
    return by_turns([work], asked, rounds)[0]


def by_turns(
    works: Sequence[Callable[[str], object]], asked: Sequence[str], rounds: int
) -> list[Times]:
    """Time pieces of work, a round of each in turn after one unseen, so that noise is shared."""
    each: list[list[float]] = [[] for _ in works]
    for turn in range(rounds + 1):
        for work, taken in zip(works, each, strict=True):
            times = [clock(work, one) * 1000 for one in asked]
            taken += times if turn else []
    return [Times(taken, sum(taken) / 1000) for taken in each]


def together(
    work: Callable[[str], object], asked: Sequence[str], rounds: int, readers: int
) -> Times:
    """Time the same work by several readers at once, each of whom begins with another thing."""
    places = [place * len(asked) // readers for place in range(readers)]

    def read(place: int) -> list[float]:
        return [clock(work, one) * 1000 for one in (asked[place:] + asked[:place]) * rounds]

    with ThreadPoolExecutor(readers) as pool:
        # Threads, connections and caches are made before the clock runs.
        list(pool.map(work, [asked[0]] * readers))
        begun = time.perf_counter()
        each = [taken for times in pool.map(read, places) for taken in times]
        return Times(each, time.perf_counter() - begun)
