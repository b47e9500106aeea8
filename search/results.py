"""From parameters to results that a reader may see, with their best pages and excerpts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from portal.core.access import audience_tokens
from search.engines import get_engine
from search.engines.base import Results, SearchRequest
from search.outbox import hidden_ids
from search.parameters import Parameters
from search.query import Query, parse
from search.snippets import marked_title, snippet
from search.sources import Described, parse_object_id, source_of
from search.tuning import refresh

if TYPE_CHECKING:
    from search.sources.base import Reader

PAGE_SIZE = 10


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
    """One page of results."""

    query: Query
    total: int
    results: list[Result]
    facets: dict[str, list[tuple[str, int]]]
    lenient: bool
    page_size: int = PAGE_SIZE
    pinned: list[Result] = field(default_factory=list)

    @property
    def page_count(self) -> int:
        """How many pages of results there are."""
        return -(-self.total // self.page_size)


def find(reader: Reader, parameters: Parameters) -> Found:
    """Search for a reader: the engine filters by audience, the database checks the hits again."""
    tuning = refresh()
    query = parse(parameters.text)
    filtered = any(parameters.filters.values())
    hidden = hidden_ids()
    outcome: Results = get_engine().search(
        SearchRequest(
            query=query,
            audience=audience_tokens(reader),
            filters=parameters.filters,
            sort=parameters.sort,
            page=parameters.page,
            page_size=PAGE_SIZE,
            exclude_ids=hidden,
            everything=filtered and not parameters.text,
        )
    )
    ids = [hit.id for hit in outcome.hits]
    first: list[Result] = []
    if parameters.page == 1 and not filtered and parameters.sort == "relevance":
        wanted = [key for key in tuning.pinned(parameters.text) if key not in hidden]
        first = described_results(reader, parameters, query, wanted)
    above = {result.id for result in first}
    results = described_results(reader, parameters, query, [key for key in ids if key not in above])
    return Found(query, outcome.total, results, outcome.facets, outcome.lenient, pinned=first)


def described_results(
    reader: Reader, parameters: Parameters, query: Query, keys: Sequence[str]
) -> list[Result]:
    """Return those of the objects that the reader may see, in order, with their best pages."""
    if not keys:
        return []
    documents = [key for key in keys if key.startswith("document:")]
    passages = get_engine().passages(query, documents) if documents and query.wanted else {}
    wanted: dict[str, dict[int, list[int]]] = defaultdict(dict)
    for key in keys:
        name, pk = parse_object_id(key)
        wanted[name][pk] = [passage.number for passage in passages.get(key, [])]
    described: dict[str, Described] = {}
    for name, pks in wanted.items():
        source = source_of(name)
        if source:
            for pk, found in source.describe(reader, pks).items():
                described[f"{name}:{pk}"] = found
    results = []
    for key in keys:
        if key in described:
            item = described[key]
            hits = [
                PageHit(
                    passage.number,
                    passage.label,
                    f"{item.page_url}{passage.number}/?{urlencode({'q': parameters.text})}",
                    snippet(item.page_texts[passage.number], query),
                )
                for passage in passages.get(key, [])
                if passage.number in item.page_texts
            ]
            results.append(
                Result(
                    key,
                    item,
                    marked_title(item.title, query),
                    snippet(item.text, query),
                    hits,
                )
            )
    return results
