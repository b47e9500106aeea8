"""Versioned writes: an older state never takes the place of a newer one, whoever comes last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from elasticsearch.helpers import streaming_bulk

from search.engines.base import EngineError
from search.engines.elasticsearch import mapping
from search.engines.elasticsearch.connection import Connection
from search.engines.elasticsearch.generations import TIERS, Generations
from search.engines.rows import DocumentRow

CHUNK = 500
CHUNK_BYTES = 20_000_000
CONFLICT, MISSING = 409, 404


class Writer:
    """Writes rows to a generation."""

    def __init__(self, connection: Connection, generations: Generations) -> None:
        self.connection = connection
        self.generations = generations

    def upsert(self, rows: Sequence[DocumentRow], generation: str, refresh: bool) -> None:
        """Write objects with their pages, and remove the pages that they had and have no more."""
        before = self._numbers([row.id for row in rows], generation)

        def actions() -> Iterator[dict[str, Any]]:
            for row in rows:
                for source in mapping.pages_of(row):
                    yield self._page(row.id, source["number"], row.seq, generation, source)
                for number in before.get(row.id, set()) - {page.number for page in row.pages}:
                    yield self._page(row.id, number, row.seq, generation)
                yield self._document(row.id, row.seq, generation, mapping.document_of(row))

        self._write(actions(), generation, refresh)

    def delete(self, ids: Sequence[str], seq: int, generation: str, refresh: bool) -> None:
        """Remove objects with their pages."""
        before = self._numbers(ids, generation)

        def actions() -> Iterator[dict[str, Any]]:
            for key in ids:
                yield self._document(key, seq, generation)
                for number in before.get(key, set()):
                    yield self._page(key, number, seq, generation)

        self._write(actions(), generation, refresh)

    def _write(self, actions: Iterable[dict[str, Any]], generation: str, refresh: bool) -> None:
        with self.connection.talking():
            outcomes = streaming_bulk(
                self.connection.writer,
                actions,
                chunk_size=CHUNK,
                max_chunk_bytes=CHUNK_BYTES,
                raise_on_error=False,
                require_alias=True,
            )
            for fine, outcome in outcomes:
                result = next(iter(outcome.values()))
                # A newer state is there, or what should go is not.
                if not fine and result.get("status") not in (CONFLICT, MISSING):
                    raise EngineError(f"Elasticsearch refused a write: {result.get('error')}")
                if "error" in result and result["error"].get("type") == "index_not_found_exception":
                    raise EngineError("The index does not exist.")
            if refresh:
                aliases = [self.generations.alias(tier, generation) for tier in TIERS]
                self.connection.writer.indices.refresh(index=aliases)

    def _numbers(self, ids: Sequence[str], generation: str) -> dict[str, set[int]]:
        """Return the numbers of the pages that objects have now."""
        if not ids:
            return {}
        with self.connection.talking():
            found = self.connection.writer.mget(
                index=self.generations.alias("documents", generation),
                ids=list(ids),
                source_includes=["numbers"],
            )
        return {
            one["_id"]: set(one["_source"].get("numbers", ()))
            for one in found["docs"]
            if one.get("found")
        }

    def _document(
        self, key: str, seq: int, generation: str, source: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return _action(self.generations.alias("documents", generation), key, seq, key, source)

    def _page(
        self,
        key: str,
        number: int,
        seq: int,
        generation: str,
        source: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        alias = self.generations.alias("pages", generation)
        return _action(alias, f"{key}/{number}", seq, key, source)


def _action(
    alias: str, key: str, seq: int, routing: str, source: dict[str, Any] | None
) -> dict[str, Any]:
    action: dict[str, Any] = {
        "_op_type": "delete" if source is None else "index",
        "_index": alias,
        "_id": key,
        "_version": seq,
        "_version_type": "external_gte",
    }
    # Objects are where their own id puts them; pages where that of their object does.
    if key != routing:
        action["_routing"] = routing
    return action if source is None else action | {"_source": source}
