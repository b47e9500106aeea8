"""Everything that answers a search, for those who read all of it: alerts, feeds, spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.core.access import audience_tokens
from search.engines import get_engine
from search.engines.base import SearchRequest
from search.field_values import options_of
from search.outbox import hidden_ids
from search.parameters import Parameters
from search.query import parse
from search.query.fields import resolved
from search.sources import Described, parse_object_id, source_of
from search.tuning import refresh

if TYPE_CHECKING:
    from search.sources.base import Reader

BATCH = 500
DESCRIBED_AT_ONCE = 200
DEEPEST = 10_000


def matching_ids(reader: Reader, parameters: Parameters, limit: int) -> list[str]:
    """Return the ids of what has all the words and is for the reader, ``limit`` at most.

    What lacks some of the words is no match here: nobody wants to be told of it.
    """
    refresh()
    filtered = any(parameters.filters.values())
    if not parameters.text and not filtered:
        return []
    limit = min(limit, DEEPEST)
    size = min(BATCH, limit)
    query = resolved(parse(parameters.text), options_of)
    hidden, engine = hidden_ids(), get_engine()
    found: dict[str, None] = {}
    for page in range(1, -(-limit // size) + 1):
        outcome = engine.search(
            SearchRequest(
                query=query,
                audience=audience_tokens(reader),
                filters=parameters.narrowing,
                facets=(),
                sort=parameters.sort,
                page=page,
                page_size=size,
                exclude_ids=hidden,
                everything=filtered and not parameters.text,
                strict=True,
            )
        )
        found.update(dict.fromkeys(hit.id for hit in outcome.hits))
        if len(outcome.hits) < size:
            break
    return list(found)[:limit]


def described(reader: Reader, ids: list[str]) -> dict[str, Described]:
    """Return what the reader may see among the objects, in their order, a batch at a time."""
    found: dict[str, Described] = {}
    for start in range(0, len(ids), DESCRIBED_AT_ONCE):
        wanted: dict[str, dict[int, list[int]]] = {}
        batch = ids[start : start + DESCRIBED_AT_ONCE]
        for key in batch:
            name, pk = parse_object_id(key)
            wanted.setdefault(name, {})[pk] = []
        for name, pks in wanted.items():
            source = source_of(name)
            if source:
                seen = source.describe(reader, pks)
                found.update({f"{name}:{pk}": item for pk, item in seen.items()})
    return {key: found[key] for key in ids if key in found}
