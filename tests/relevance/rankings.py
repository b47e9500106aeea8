"""The rankings that are compared: the product's own search and two naive baselines."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from snowballstemmer import stemmer

from portal.accounts.models import User
from portal.core.access import audience_tokens
from search.analysis.chain import fold
from search.engines.base import EngineError, IndexItem
from search.parameters import Parameters
from search.results import find
from tests.relevance.corpus import Corpus

WORD = re.compile(r"\w+")


@dataclass
class Ranking:
    """Titles in order, and the numbers of the best pages of each."""

    titles: list[str] = field(default_factory=list)
    pages: dict[str, list[int]] = field(default_factory=dict)


Ranker = Callable[[str, str], Ranking]


def person(email: str) -> User | AnonymousUser:
    """Return the reader of an address; without one, an anonymous reader."""
    return User.objects.get(email=email) if email else AnonymousUser()


def product(corpus: Corpus) -> Ranker:
    """Return the search as the search page asks it, with the engine of the settings."""
    titles = corpus.titles

    def rank(query: str, reader: str) -> Ranking:
        data = QueryDict(mutable=True)
        data["q"] = query
        ranking = Ranking()
        found = find(person(reader), Parameters.read(data))
        if found.reduced:
            raise EngineError("The engine went away: nothing can be measured.")
        for result in found.results:
            title = titles[result.id]
            ranking.titles.append(title)
            ranking.pages[title] = [page.number for page in result.pages]
        return ranking

    return rank


def baseline(corpus: Corpus, *, stemmed: bool) -> Ranker:
    """Return BM25 over pages in SQLite FTS5: a document is worth its best page."""
    prepare = _stemmed if stemmed else _as_written
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE page USING fts5"
        "(title UNINDEXED, number UNINDEXED, body, tokenize='unicode61 remove_diacritics 2')"
    )
    for title, item in corpus.items.items():
        rows = [(title, number, prepare(text)) for number, text in _pages(item)]
        base.executemany("INSERT INTO page VALUES (?, ?, ?)", rows)

    def rank(query: str, reader: str) -> Ranking:
        tokens = audience_tokens(person(reader))
        words = WORD.findall(prepare(query))
        asked = " OR ".join(f'"{word}"' for word in words)
        found = base.execute(
            "SELECT title, number FROM page WHERE page MATCH ? ORDER BY bm25(page), rowid", (asked,)
        )
        ranking = Ranking()
        for title, number in found:
            if corpus.items[title].audience & tokens:
                if title not in ranking.pages:
                    ranking.titles.append(title)
                ranking.pages.setdefault(title, []).append(number)
        return ranking

    return rank


def _pages(item: IndexItem) -> Iterable[tuple[int, str]]:
    """Yield the pages of an object; what the portal says of it stands at the head of the first."""
    head = f"{item.title}\n{item.summary}\n{item.body}"
    if not item.pages:
        yield 1, head
    for place, page in enumerate(item.pages):
        yield page.number, f"{head}\n{page.text}" if place == 0 else page.text


def _as_written(text: str) -> str:
    return text


_snowball = stemmer("italian")


def _stemmed(text: str) -> str:
    return " ".join(_snowball.stemWords([fold(word) for word in WORD.findall(text)]))
