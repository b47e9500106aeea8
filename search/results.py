"""From parameters to results that a reader may see, with their best pages and excerpts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from portal.core.access import audience_tokens
from search.asking import PAGE_SIZE, Asked, ask
from search.engines import get_engine
from search.engines.base import FACETS, EngineError, Passage
from search.field_values import options_of
from search.indexing import is_emptied
from search.outbox import hidden_ids, note_engine
from search.parameters import Parameters
from search.query import Query, Word, leaves, parse
from search.query.expansion import is_stopword
from search.query.fields import resolved
from search.snippets import marked_title, snippet
from search.sources import Described, describe, object_id, sources
from search.tuning import Snapshot, refresh

if TYPE_CHECKING:
    from search.sources.base import Reader

log = logging.getLogger(__name__)
MOST_TITLED = 200
MOST_TITLE_WORDS = 8


@dataclass(frozen=True)
class PageHit:
    """A page of a document that answers."""

    number: int
    label: str
    url: str
    snippet: SafeString


@dataclass(frozen=True)
class Result:
    """An object that answers, as the page and the API show it."""

    id: str
    described: Described
    title: SafeString
    snippet: SafeString
    pages: list[PageHit] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """One page of results, of which ``complete`` have all the words.

    ``spelling`` could be meant, ``corrected`` was searched instead of what was typed; ``reduced``
    when only titles could be searched, without the engine.
    """

    query: Query
    total: int
    results: list[Result]
    facets: dict[str, list[tuple[str, int]]]
    complete: int
    spelling: str = ""
    corrected: str = ""
    reduced: bool = False
    page_size: int = PAGE_SIZE
    pinned: list[Result] = field(default_factory=list)

    @property
    def lenient(self) -> bool:
        """Whether some results lack some of the words."""
        return self.total > self.complete

    @property
    def page_count(self) -> int:
        """How many pages of results there are."""
        return -(-self.total // self.page_size)


def find(reader: Reader, parameters: Parameters) -> Found:
    """Search for a reader: the engine filters by audience, the database checks the hits again.

    When the engine does not answer, titles are searched in the database.
    """
    tuning = refresh()
    query = resolved(parse(parameters.text), options_of)
    try:
        found = _found(reader, parameters, query, tuning)
    except EngineError as problem:
        log.warning("Only titles are searched: %s", problem)
        note_engine(answers=False)
        return _titled(reader, parameters, query)
    note_engine(answers=True)
    return found


def _found(reader: Reader, parameters: Parameters, query: Query, tuning: Snapshot) -> Found:
    hidden = hidden_ids()
    pinned = [key for key in _pinned(tuning, parameters) if key not in hidden]
    asked = Asked(parameters, query, audience_tokens(reader), hidden)
    answer = ask(get_engine(), asked, pinned)
    if not answer.outcome.total and is_emptied():
        raise EngineError("The index was emptied and is not filled again yet.")
    ids = [hit.id for hit in answer.hits if hit.id not in pinned]
    text = answer.query.text
    return Found(
        answer.query,
        answer.outcome.total,
        _results(reader, text, answer.query, ids, answer.passages),
        answer.outcome.facets,
        answer.outcome.complete,
        spelling=answer.spelling,
        corrected=answer.corrected,
        pinned=_results(reader, text, answer.query, pinned, answer.passages),
    )


def _pinned(tuning: Snapshot, parameters: Parameters) -> Sequence[str]:
    """Return what the redazione shows first on the first page of a plain search."""
    if parameters.page != 1 or parameters.sort != "relevance" or parameters.chosen:
        return ()
    return tuning.pinned(parameters.text)


def _titled(reader: Reader, parameters: Parameters, query: Query) -> Found:
    """Return what has the words in its title, page by page, without facets."""
    words = [node.exact for node in leaves(query.clauses) if isinstance(node, Word)]
    words = [word for word in words if not is_stopword(word)][:MOST_TITLE_WORDS]
    keys: list[str] = []
    if words:
        for name, make in sources:
            keys += [object_id(name, pk) for pk in make().titled(reader, words, MOST_TITLED)]
    first = (parameters.page - 1) * PAGE_SIZE
    ids = [key for key in keys if key not in hidden_ids()] if keys else []
    shown = _results(reader, parameters.text, query, ids[first : first + PAGE_SIZE], {})
    facets: dict[str, list[tuple[str, int]]] = {name: [] for name in FACETS}
    return Found(query, len(ids), shown, facets, len(ids), reduced=True)


def _results(
    reader: Reader,
    text: str,
    query: Query,
    ids: list[str],
    passages: dict[str, list[Passage]],
) -> list[Result]:
    """Return what the reader may see among the ids, in their order."""
    described = describe(
        reader, {key: [passage.number for passage in passages.get(key, [])] for key in ids}
    )
    results = []
    for key in ids:
        if key in described:
            item = described[key]
            hits = [
                PageHit(
                    passage.number,
                    passage.label,
                    f"{item.page_url}{passage.number}/?{urlencode({'q': text})}",
                    snippet(item.page_texts[passage.number], query),
                )
                for passage in passages.get(key, [])
                if passage.number in item.page_texts
            ]
            title = marked_title(item.title, query)
            # What the object says of itself is read only where no page of it answers.
            said = snippet("" if hits else item.text, query)
            results.append(Result(key, item, title, said, hits))
    return results
