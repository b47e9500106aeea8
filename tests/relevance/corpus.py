"""What there is to find, as the index takes it, and where the right pages are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search.engines.base import IndexItem
from search.sources.base import sources
from tests.relevance.judgements import Judged, JudgementError

BATCH = 200


@dataclass(frozen=True)
class Corpus:
    """All objects, by title."""

    items: dict[str, IndexItem]

    @classmethod
    def load(cls) -> Corpus:
        """Read every object of the database; two of one title could not be told apart."""
        items: dict[str, IndexItem] = {}
        for _, make in sources:
            source = make()
            after = 0
            while pks := source.pks(after, BATCH):
                after = pks[-1]
                for item in source.load(pks, 0):
                    if item.title in items:
                        raise JudgementError(f"two objects are called {item.title}")
                    items[item.title] = item
        return cls(items)

    @property
    def titles(self) -> dict[str, str]:
        """Title of each id."""
        return {item.id: title for title, item in self.items.items()}

    def check(self, judged: Iterable[Judged]) -> None:
        """Raise if a judged set names what is not there."""
        for one in judged:
            for title in one.grades:
                if title not in self.items:
                    raise JudgementError(f"{one.query}: there is no {title}")
            self.right_pages(one)

    def right_pages(self, judged: Judged) -> dict[str, frozenset[int]]:
        """Return the numbers of the right pages of each title.

        What answers and has one page at most (pages of the portal, letters) is right as a whole.
        """
        right: dict[str, frozenset[int]] = {}
        if judged.pages:
            for title, grade in judged.grades.items():
                if grade == judged.best and len(self.items[title].pages) <= 1:
                    right[title] = frozenset()
        for title, quotes in judged.pages.items():
            numbers: set[int] = set()
            for quote in quotes:
                wanted = plain(quote)
                here = {
                    page.number for page in self.items[title].pages if wanted in plain(page.text)
                }
                if not here:
                    raise JudgementError(f"{judged.query}: “{quote}” is on no page of {title}")
                numbers |= here
            if len(self.items[title].pages) > 1:
                right[title] = frozenset(numbers)
        return right


def plain(text: str) -> str:
    """Return a text in lower case, with one kind of apostrophe, hyphen and space."""
    lowered = text.casefold().replace("’", "'").replace("–", "-")
    return re.sub(r"\s+", " ", lowered)
