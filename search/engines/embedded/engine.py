"""The embedded engine: two tantivy indices in a folder, one writer, many readers."""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import tantivy

from search.engines.base import (
    EngineBusyError,
    Hit,
    IndexItem,
    Passage,
    Results,
    SearchRequest,
    Status,
)
from search.engines.embedded import schema
from search.engines.embedded.compiler import Compiler, Must, MustNot, Should
from search.query.expansion import weights
from search.query.parser import Query

HEAP = 64_000_000
BUSY_SECONDS = 5.0
FACET_SIZE = 150
LENIENT_FROM = 2
DEEPEST = 10_000


@dataclass
class _Tier:
    index: tantivy.Index
    compiler: Compiler
    meta: Path
    stamp: int = 0

    @property
    def searcher(self) -> tantivy.Searcher:
        """A searcher that sees the last commit of whatever process wrote it."""
        stamp = self.meta.stat().st_mtime_ns
        if stamp != self.stamp:
            self.index.reload()
            self.stamp = stamp
        return self.index.searcher()


class EmbeddedEngine:
    """Searches and writes a folder: ``current`` names the generation that answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, tuple[_Tier, _Tier]] = {}
        self._lock = Lock()

    # Reading ------------------------------------------------------------------------------------
    def search(self, request: SearchRequest) -> Results:
        """Find objects, counting every facet without its own filter."""
        tier, _ = self._tiers(self._current())
        searcher = tier.searcher
        required = len(request.query.wanted)
        for missing in (0, max(required // 3, 1) if required >= LENIENT_FROM else 0):
            asked = tier.compiler.compile(request.query, missing)
            if asked is None:
                if not request.everything:
                    return Results(0, [], {name: [] for name in request.facets})
                asked = tantivy.Query.all_query()
            found = self._found(searcher, asked, request)
            total = int(found.count or 0)
            if total or required < LENIENT_FROM:
                break
        hits = [
            Hit(str(searcher.doc(address)["id"][0]), float(score or 0))
            for score, address in found.hits
        ]
        facets = self._facets(searcher, asked, request)
        return Results(total, hits, facets, lenient=missing > 0 and total > 0)

    def _found(self, searcher: Any, asked: Any, request: SearchRequest) -> Any:
        offset = (max(request.page, 1) - 1) * request.page_size
        return searcher.search(
            self._narrowed(asked, request, skip=None, prizes=weights().prizes),
            limit=request.page_size,
            offset=min(offset, DEEPEST),
            order_by_field="recency" if request.sort == "date" else None,
        )

    def passages(
        self, query: Query, ids: Sequence[str], per_document: int = 3
    ) -> dict[str, list[Passage]]:
        """Return the best pages of the given objects, in one query."""
        _, tier = self._tiers(self._current())
        asked = tier.compiler.compile(query, missing=max(len(query.wanted) - 1, 0))
        if asked is None or not ids:
            return {}
        searcher = tier.searcher
        wanted = tantivy.Query.boolean_query([(Must, asked), (Must, self._among("id", ids, tier))])
        found = searcher.search(wanted, limit=len(ids) * per_document * 12, count=False)
        best: dict[str, list[Passage]] = {}
        for score, address in found.hits:
            row = searcher.doc(address)
            pages = best.setdefault(str(row["id"][0]), [])
            if len(pages) < per_document:
                pages.append(Passage(int(row["number"][0]), str(row["label"][0]), float(score)))
        return best

    def status(self) -> Status:
        """Return the counts of the active generation."""
        generation = self._current()
        documents, pages = self._tiers(generation)
        return Status(generation, documents.searcher.num_docs, pages.searcher.num_docs)

    # Writing ------------------------------------------------------------------------------------
    def upsert(self, items: Iterable[IndexItem], generation: str | None = None) -> None:
        """Write objects in place of earlier states of them; raises EngineBusyError."""
        with self._writers(generation) as (documents, pages):
            for item in items:
                documents.delete_documents_by_term("id", item.id)
                pages.delete_documents_by_term("id", item.id)
                row, page_rows = schema.rows(item)
                documents.add_document(row)
                for page_row in page_rows:
                    pages.add_document(page_row)

    def delete(self, ids: Iterable[str]) -> None:
        """Remove objects; raises EngineBusyError."""
        with self._writers(None) as (documents, pages):
            for key in ids:
                documents.delete_documents_by_term("id", key)
                pages.delete_documents_by_term("id", key)

    def begin(self) -> str:
        """Make an empty generation beside the active one and return its name."""
        generation = f"g{time.time_ns():x}{uuid.uuid4().hex[:4]}"
        self._tiers(generation)
        return generation

    def activate(self, generation: str) -> None:
        """Answer from a generation from now on, and delete all others but the last one."""
        before = self._current()
        self._point_to(generation)
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder.name not in (generation, before):
                shutil.rmtree(folder, ignore_errors=True)
                self._open.pop(folder.name, None)

    @contextmanager
    def _writers(self, generation: str | None) -> Iterator[tuple[Any, Any]]:
        documents, pages = self._tiers(generation or self._current())
        writers: list[Any] = []
        try:
            for tier in (documents, pages):
                writers.append(_writer(tier.index))
            yield writers[0], writers[1]
            # Pages first: an object found without its pages would show no page.
            writers[1].commit()
            writers[0].commit()
        finally:
            for writer in writers:
                writer.wait_merging_threads()

    # Generations --------------------------------------------------------------------------------
    def _current(self) -> str:
        pointer = self.folder / "current"
        try:
            name = pointer.read_text().strip()
        except FileNotFoundError:
            name = ""
        if not name or not (self.folder / name / "documents" / "meta.json").exists():
            name = self.begin()
            self._point_to(name)
        return name

    def _point_to(self, generation: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / f"current.{uuid.uuid4().hex}"
        fresh.write_text(generation)
        fresh.replace(self.folder / "current")

    def _tiers(self, generation: str) -> tuple[_Tier, _Tier]:
        with self._lock:
            known = self._open.get(generation)
            if known and known[0].meta.exists():
                return known
            tiers = (
                self._tier(generation, "documents", schema.documents_schema()),
                self._tier(generation, "pages", schema.pages_schema()),
            )
            self._open[generation] = tiers
            return tiers

    def _tier(self, generation: str, name: str, definition: tantivy.Schema) -> _Tier:
        folder = self.folder / generation / name
        folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(definition, path=str(folder))
        index.register_tokenizer(schema.WORDS, schema.analyser())
        return _Tier(index, Compiler(definition, name), folder / "meta.json")

    # Pieces of a query --------------------------------------------------------------------------
    def _narrowed(
        self,
        asked: Any,
        request: SearchRequest,
        skip: str | None,
        prizes: Iterable[tuple[str, str, int]] = (),
    ) -> Any:
        tier, _ = self._tiers(self._current())
        parts = [(Must, asked), (Must, self._among("audience", request.audience, tier))]
        parts += [(Should, self._prize(*prize, tier)) for prize in prizes]
        for name, values in request.filters.items():
            if name != skip and values:
                parts.append((Must, self._among(name, values, tier)))
        if request.exclude_ids:
            parts.append((MustNot, self._among("id", request.exclude_ids, tier)))
        return tantivy.Query.boolean_query(parts)

    def _among(self, name: str, values: Iterable[str], tier: _Tier) -> Any:
        terms = [
            (Should, tantivy.Query.term_query(tier.compiler.schema, name, value, "basic"))
            for value in sorted(values)
        ]
        if not terms:
            return tantivy.Query.empty_query()
        return tantivy.Query.const_score_query(tantivy.Query.boolean_query(terms), 0.0)

    def _prize(self, name: str, value: str, points: int, tier: _Tier) -> Any:
        """Return a clause worth some points for a facet value, or for all others when negative."""
        found = tantivy.Query.term_query(tier.compiler.schema, name, value, "basic")
        if points < 0:
            others = [(Must, tantivy.Query.all_query()), (MustNot, found)]
            found = tantivy.Query.boolean_query(others)
        return tantivy.Query.const_score_query(found, float(abs(points)))

    def _facets(
        self, searcher: Any, asked: Any, request: SearchRequest
    ) -> dict[str, list[tuple[str, int]]]:
        """Count each facet without its own filter; those without one are counted together."""
        free = [name for name in request.facets if not request.filters.get(name)]
        groups = [(None, free), *((name, [name]) for name in request.facets if name not in free)]
        found: dict[str, list[tuple[str, int]]] = {}
        for skip, names in groups:
            if names:
                query = self._narrowed(asked, request, skip=skip)
                wanted = {name: {"terms": {"field": name, "size": FACET_SIZE}} for name in names}
                counted = searcher.aggregate(query, wanted)
                found.update({name: _pairs(counted[name]["buckets"]) for name in names})
        return {name: found[name] for name in request.facets}


def _pairs(buckets: Iterable[dict[str, Any]]) -> list[tuple[str, int]]:
    pairs = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _writer(index: tantivy.Index) -> Any:
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return index.writer(HEAP, 1)
        except ValueError as problem:
            if time.monotonic() > deadline:
                raise EngineBusyError("Another process is writing to the index.") from problem
            time.sleep(0.05)
