"""What a change of the tuning would do to a search: the first results before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from search.models.tuning import Tuned
from search.results import Found, Result, find
from search.services.saved import parameters_of
from search.tuning import Snapshot, using
from search.tuning.current import rows

if TYPE_CHECKING:
    from search.sources.base import Reader

SHOWN = 10


@dataclass(frozen=True)
class Line:
    """A result with its place before and after, 0 when it is not among the first."""

    title: str
    url: str
    before: int
    after: int

    @property
    def movement(self) -> str:
        """What happens to the result, in words."""
        if not self.before:
            return "entra"
        if not self.after:
            return "esce"
        if self.before == self.after:
            return "resta"
        return "sale" if self.after < self.before else "scende"


@dataclass(frozen=True)
class Comparison:
    """The first results of a search with today's tuning and with the changed one."""

    text: str
    lines: list[Line]
    total_before: int
    total_after: int

    @property
    def is_same(self) -> bool:
        """Whether the change does nothing to this search."""
        same_total = self.total_before == self.total_after
        return same_total and all(line.movement == "resta" for line in self.lines)


def compare(reader: Reader, text: str, draft: Tuned) -> Comparison:
    """Search twice, the second time as if the draft were saved."""
    parameters = parameters_of(urlencode({"q": text}))
    before = find(reader, parameters)
    with using(Snapshot.build(rows(draft), "draft")):
        after = find(reader, parameters)
    first, second = _first(before), _first(after)
    places = {one.id: place for place, one in enumerate(first, start=1)}
    lines = [
        Line(one.described.title, one.described.url, places.get(one.id, 0), place)
        for place, one in enumerate(second, start=1)
    ]
    kept = {one.id for one in second}
    lines += [
        Line(one.described.title, one.described.url, places[one.id], 0)
        for one in first
        if one.id not in kept
    ]
    return Comparison(text, lines, before.total, after.total)


def _first(found: Found) -> list[Result]:
    return [*found.pinned, *found.results][:SHOWN]
