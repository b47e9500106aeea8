"""The embedded engine: two tantivy indices in a folder, one writer, many readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import tantivy

from search.engines.base import (
    FACET_SIZE,
    PATIENCE,
    REFINED,
    SCOPE,
    STATE,
    STORED_FACETS,
    TIES,
    Hit,
    IndexItem,
    Passage,
    Results,
    SearchRequest,
    Status,
    attempts,
    counted_together,
    tokens_of_scopes,
)
from search.engines.compiler import Compiler
from search.engines.embedded import schema
from search.engines.embedded.answers import (
    Scored,
    count_of,
    hits_of,
    ordered,
    pairs_of,
    passages_of,
    refined,
    scopes_of,
)
from search.engines.embedded.builder import ConfinedBuilder
from search.engines.embedded.folder import IndexFolder, Tier, disk_errors, writer
from search.engines.rows import row_of
from search.engines.spelling import Sought, nearest, stemmed, suggestion
from search.query.tree import Query, Word

HEAP = 64_000_000
DEEPEST = 10_000
# Different sets of people that objects are for: many more than any portal has.
MOST_AUDIENCES = 50_000
COUNTED = {name: {"terms": {"field": name, "size": FACET_SIZE}} for name in STORED_FACETS} | {
    SCOPE: {"terms": {"field": "tokens", "size": MOST_AUDIENCES}}
}


class EmbeddedEngine:
    """Searches and writes a folder."""

    label = "interno, senza server"

    def __init__(self, folder: Path) -> None:
        self.folder = IndexFolder(folder)

    # Reading ------------------------------------------------------------------------------------
    @disk_errors
    def search(self, request: SearchRequest) -> Results:
        """Find objects, counting every facet without its own filter."""
        tier = self._documents()
        searcher = tier.searcher
        total, complete = 0, 0
        found: list[Scored] = []
        asked: tantivy.Query | None = None
        nearness = tier.compiler.nearness(request.query) if request.refined else []
        deepest = REFINED if nearness else 0
        for missing in attempts(request):
            asked = tier.compiler.compile(request.query, missing)
            if asked is None:
                if not request.everything:
                    return Results(0, [], {name: [] for name in request.facets})
                asked = tier.builder.everything()
            total, found = self._found(tier, searcher, asked, request, deepest)
            complete = total if not missing else complete
            if request.stop_at_none and not total:
                break
            if self._enough(tier, searcher, asked, request, total):
                break
        facets = self._facets(tier, searcher, asked, request, total)
        if request.sort == "relevance":
            first = min(request.first, DEEPEST)
            found = self._refined(tier, searcher, found, nearness)[first:][: request.page_size]
        return Results(total, hits_of(searcher, found), facets, complete)

    def _enough(
        self, tier: Tier, searcher: Any, asked: Any, request: SearchRequest, total: int
    ) -> bool:
        """Tell whether there are results enough, were nothing filtered out."""
        if total >= request.few or not any(request.filters.values()):
            return total >= request.few
        everything = self._narrowed(tier, asked, replace(request, filters={}), skip=None)
        return count_of(searcher, everything) >= request.few

    def _found(
        self, tier: Tier, searcher: Any, asked: Any, request: SearchRequest, deepest: int
    ) -> tuple[int, list[Scored]]:
        """Count what matches; return the page by date, by relevance all down to its end."""
        narrowed = self._narrowed(tier, tier.compiler.prized(asked), request, skip=None)
        if request.sort == "date":
            found = searcher.search(
                narrowed,
                limit=request.page_size,
                offset=min(request.first, DEEPEST),
                order_by_field="recency",
            )
            hits = [Scored(0.0, date, address) for date, address in found.hits]
        else:
            last = min(request.first, DEEPEST) + request.page_size
            found = searcher.search(narrowed, limit=max(last, deepest) + TIES)
            hits = ordered(searcher, found.hits)
        return int(found.count or 0), hits

    def _refined(
        self, tier: Tier, searcher: Any, hits: list[Scored], nearness: list[tantivy.Query]
    ) -> list[Scored]:
        """Return hits, the best of them put in order by the nearness of words too."""
        if not nearness or not hits:
            return hits
        best = hits[:REFINED]
        within = tier.builder.numbered("recency", [hit.recency for hit in best])
        near = tier.builder.combined([within], nearness, [], 0)
        more = searcher.search(near, limit=len(best), count=False).hits
        return [*refined(searcher, best, more), *hits[REFINED:]]

    @disk_errors
    def passages(
        self, query: Query, ids: Sequence[str], per_document: int = 3
    ) -> dict[str, list[Passage]]:
        """Return the best pages of the given objects, in one query."""
        _, tier = self.folder.answering()
        within = tier.builder.among("id", ids)
        builder = ConfinedBuilder(tier.builder.schema, within)
        asked = Compiler(builder, "pages").compile_passages(query)
        if asked is None or not ids:
            return {}
        searcher = tier.searcher
        wanted = builder.combined([asked, within], [], [], 0)
        found = searcher.search(wanted, limit=len(ids) * per_document * 12, count=False)
        return passages_of(searcher, found.hits, ids, per_document)

    @disk_errors
    def suggest(self, prefix: str, audience: frozenset[str], limit: int = 8) -> list[Hit]:
        """Return objects whose title has the words typed, the last of which may be unfinished."""
        tier = self._documents()
        asked = tier.compiler.titles(prefix)
        return self._best(tier, asked, audience, limit) if asked is not None else []

    @disk_errors
    def similar(
        self,
        key: str,
        audience: frozenset[str],
        limit: int = 5,
        kind: str = "",
        exclude_ids: frozenset[str] = frozenset(),
    ) -> list[Hit]:
        """Return objects, of one kind or of all, that speak of the same as an object."""
        tier = self._documents()
        searcher = tier.searcher
        one = [tier.builder.among("id", [key]), tier.builder.among("audience", sorted(audience))]
        found = searcher.search(tier.builder.combined(one, [], [], 0), limit=1)
        gist = str(searcher.doc(found.hits[0][1])["gist"][0]).split() if found.hits else []
        if not gist:
            return []
        alike = [tier.compiler.like(gist), *([tier.builder.among("kind", [kind])] if kind else [])]
        never = tier.builder.among("id", sorted({key, *exclude_ids}))
        others = tier.builder.combined(alike, [], [never], 0)
        return self._best(tier, others, audience, limit)

    @disk_errors
    def suggest_spelling(self, query: Query, audience: frozenset[str]) -> str:
        """Return the query with its unknown words corrected, or an empty string."""
        tier = self._documents()
        searcher: Any = tier.searcher
        allowed = tier.builder.among("audience", sorted(audience))

        def seen(sought: Sequence[Sought]) -> set[Sought]:
            return {
                (name, word)
                for name, word in dict.fromkeys(sought)
                if searcher.search(
                    tier.builder.combined([tier.builder.term(name, word), allowed], [], [], 0),
                    limit=1,
                ).count
            }

        def beginning(start: str) -> dict[str, int]:
            return dict(searcher.terms_with_prefix("text_exact", start))

        def look(words: Sequence[Word]) -> dict[str, list[str]]:
            known = seen([stemmed(word) for word in words])
            return {
                word.exact: nearest(word.exact, beginning)
                for word in words
                if stemmed(word) not in known
            }

        return suggestion(query, look, seen)

    @disk_errors
    def inventory(self) -> Iterator[tuple[str, int]]:
        """Yield id and ``seq`` of all that the active generation holds."""
        searcher = self._documents().searcher
        count = searcher.num_docs
        if not count:
            return iter(())
        found = searcher.search(tantivy.Query.all_query(), limit=count, count=False)
        rows = (searcher.doc(address) for _, address in found.hits)
        return ((str(row["id"][0]), int(row["seq"][0])) for row in rows)

    @disk_errors
    def status(self) -> Status:
        """Return the counts of the active generation."""
        generation = self.folder.current()
        documents, pages = self.folder.tiers(generation)
        return Status(generation, documents.searcher.num_docs, pages.searcher.num_docs)

    # Writing ------------------------------------------------------------------------------------
    def writing(self, patience: float = PATIENCE) -> AbstractContextManager[None]:
        """Hold the right to write to the active generation; raises EngineBusyError."""
        return self.folder.lease(patience)

    @disk_errors
    def upsert(self, items: Iterable[IndexItem], generation: str | None = None) -> None:
        """Write objects in place of earlier states of them; raises EngineBusyError."""
        with self._writers(generation) as (documents, pages):
            for item in items:
                documents.delete_documents_by_term("id", item.id)
                pages.delete_documents_by_term("id", item.id)
                row = row_of(item)
                documents.add_document(schema.document_of(row))
                for page in schema.pages_of(row):
                    pages.add_document(page)

    @disk_errors
    def delete(self, ids: Iterable[str], seq: int, generation: str | None = None) -> None:
        """Remove objects; raises EngineBusyError. The lease keeps later states from being here."""
        with self._writers(generation) as (documents, pages):
            for key in ids:
                documents.delete_documents_by_term("id", key)
                pages.delete_documents_by_term("id", key)

    @disk_errors
    def begin(self) -> str:
        """Make an empty generation beside the active one and return its name."""
        return self.folder.begin()

    @disk_errors
    def activate(self, generation: str) -> None:
        """Answer from a generation from now on, and delete all others but the last one."""
        with self.folder.lease():
            before = self.folder.current()
            self.folder.point_to(generation)
            self.folder.keep_only(generation, before)

    @contextmanager
    def _writers(self, generation: str | None) -> Iterator[tuple[Any, Any]]:
        if generation is None:
            with self.folder.lease(), self._writers(self.folder.current()) as both:
                yield both
            return
        writers: list[Any] = []
        try:
            for tier in self.folder.tiers(generation):
                writers.append(writer(tier.index, HEAP))
            yield writers[0], writers[1]
            # Pages first: an object found without its pages would show no page.
            writers[1].commit()
            writers[0].commit()
        finally:
            for one in writers:
                one.wait_merging_threads()

    # Pieces of a query --------------------------------------------------------------------------
    def _documents(self) -> Tier:
        return self.folder.answering()[0]

    def _best(self, tier: Tier, asked: Any, audience: frozenset[str], limit: int) -> list[Hit]:
        searcher = tier.searcher
        allowed = tier.builder.among("audience", sorted(audience))
        found = searcher.search(
            tier.builder.combined([asked, allowed], [], [], 0), limit=limit + TIES
        )
        return hits_of(searcher, ordered(searcher, found.hits)[:limit])

    def _narrowed(self, tier: Tier, asked: Any, request: SearchRequest, skip: str | None) -> Any:
        builder = tier.builder
        audience = request.audience
        scopes = request.filters.get(SCOPE)
        if scopes and skip != SCOPE:
            audience = tokens_of_scopes(audience, scopes)
        must = [asked, builder.among("audience", sorted(audience))]
        for name, values in request.filters.items():
            if name not in (skip, SCOPE) and values:
                must.append(builder.among(name, sorted(values)))
        never = [builder.among("id", sorted(request.exclude_ids))] if request.exclude_ids else []
        return builder.combined(must, [], never, 0)

    def _facets(
        self, tier: Tier, searcher: Any, asked: Any, request: SearchRequest, total: int
    ) -> dict[str, list[tuple[str, int]]]:
        """Count each facet without its own filter; those without one are counted together.

        Under one state they are counted below it, in the same look at what matches.
        """
        found: dict[str, list[tuple[str, int]]] = {name: [] for name in request.facets}
        groups = dict(counted_together(request))
        free = groups.pop(None, []) if total else []
        chosen = request.filters.get(STATE, frozenset())
        below = free if STATE in groups and len(chosen) == 1 else []
        if free and not below:
            groups[None] = free
        for skip, names in groups.items():
            query = self._narrowed(tier, asked, request, skip=skip)
            wanted = {name: COUNTED[name] for name in names}
            if skip == STATE and below:
                wanted[STATE] = {**COUNTED[STATE], "aggs": {name: COUNTED[name] for name in below}}
            counted = searcher.aggregate(query, wanted)
            found |= {name: pairs_of(counted[name]["buckets"]) for name in names}
            if skip == STATE:
                within = [one for one in counted[STATE]["buckets"] if one["key"] in chosen]
                found |= {n: pairs_of(one[n]["buckets"]) for one in within for n in below}
        if SCOPE in found:
            found[SCOPE] = scopes_of(found[SCOPE], request.audience)
        return found
