"""From parameters to results that a reader may see, with their best pages and excerpts."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from portal.core.access import audience_tokens
from search.engines import get_engine
from search.engines.base import FACETS, EngineError, Passage, Results, SearchRequest
from search.field_values import options_of
from search.outbox import hidden_ids
from search.parameters import Parameters
from search.query import Query, Word, leaves, parse
from search.query.expansion import is_stopword
from search.query.fields import resolved
from search.snippets import marked_title, snippet
from search.sources import Described, parse_object_id, source_of, sources
from search.tuning import Snapshot, refresh

if TYPE_CHECKING:
    from search.sources.base import Reader

log = logging.getLogger(__name__)
PAGE_SIZE = 10
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
    """One page of results; ``reduced`` when only titles could be searched, without the engine."""

    query: Query
    total: int
    results: list[Result]
    facets: dict[str, list[tuple[str, int]]]
    lenient: bool
    spelling: str = ""
    reduced: bool = False
    page_size: int = PAGE_SIZE
    pinned: list[Result] = field(default_factory=list)

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
        return _found(reader, parameters, query, tuning)
    except EngineError as problem:
        log.warning("Only titles are searched: %s", problem)
        return _titled(reader, parameters, query)


def _found(reader: Reader, parameters: Parameters, query: Query, tuning: Snapshot) -> Found:
    engine = get_engine()
    hidden = hidden_ids()
    audience = audience_tokens(reader)
    outcome: Results = engine.search(
        SearchRequest(
            query=query,
            audience=audience,
            filters=parameters.filters,
            sort=parameters.sort,
            page=parameters.page,
            page_size=PAGE_SIZE,
            exclude_ids=hidden,
            everything=any(parameters.filters.values()) and not parameters.text,
            strict=parameters.strict,
        )
    )
    pinned: list[str] = []
    if parameters.page == 1 and parameters.sort == "relevance" and not parameters.chosen:
        pinned = [key for key in tuning.pinned(parameters.text) if key not in hidden]
    ids = [hit.id for hit in outcome.hits if hit.id not in pinned]
    passages = engine.passages(query, pinned + ids) if query.wanted and pinned + ids else {}
    doubtful = outcome.lenient or not outcome.total
    return Found(
        query,
        outcome.total,
        _results(reader, parameters.text, query, ids, passages),
        outcome.facets,
        outcome.lenient,
        spelling=engine.suggest_spelling(query, audience) if doubtful else "",
        pinned=_results(reader, parameters.text, query, pinned, passages),
    )


def _titled(reader: Reader, parameters: Parameters, query: Query) -> Found:
    """Return what has the words in its title, page by page, without facets."""
    words = [node.exact for node in leaves(query.clauses) if isinstance(node, Word)]
    words = [word for word in words if not is_stopword(word)][:MOST_TITLE_WORDS]
    keys: list[str] = []
    if words:
        for name, make in sources:
            keys += [f"{name}:{pk}" for pk in make().titled(reader, words, MOST_TITLED)]
    first = (parameters.page - 1) * PAGE_SIZE
    ids = [key for key in keys if key not in hidden_ids()] if keys else []
    shown = _results(reader, parameters.text, query, ids[first : first + PAGE_SIZE], {})
    facets: dict[str, list[tuple[str, int]]] = {name: [] for name in FACETS}
    return Found(query, len(ids), shown, facets, lenient=False, reduced=True)


def _results(
    reader: Reader,
    text: str,
    query: Query,
    ids: Sequence[str],
    passages: dict[str, list[Passage]],
) -> list[Result]:
    """Return what the reader may see among the ids, in their order."""
    wanted: dict[str, dict[int, list[int]]] = defaultdict(dict)
    for key in ids:
        name, pk = parse_object_id(key)
        wanted[name][pk] = [passage.number for passage in passages.get(key, [])]
    described: dict[str, Described] = {}
    for name, pks in wanted.items():
        source = source_of(name)
        if source:
            for pk, item in source.describe(reader, pks).items():
                described[f"{name}:{pk}"] = item
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
            results.append(Result(key, item, title, snippet(item.text, query), hits))
    return results
