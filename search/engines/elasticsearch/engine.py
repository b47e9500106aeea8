"""The engine on Elasticsearch: the same rows and queries as the embedded one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, Query
from elasticsearch.helpers import scan

from search.engines.base import (
    FACET_SIZE,
    PATIENCE,
    REFINED,
    SCOPE,
    SCOPES,
    TIES,
    Hit,
    IndexItem,
    Passage,
    Results,
    SearchRequest,
    Status,
    attempts,
    counted_together,
    tokens_of_scope,
    tokens_of_scopes,
)
from search.engines.compiler import Compiler
from search.engines.elasticsearch.builder import ElasticsearchBuilder, terms_of
from search.engines.elasticsearch.connection import Connection, MissingIndexError
from search.engines.elasticsearch.generations import Generations
from search.engines.elasticsearch.writing import Writer
from search.engines.rows import row_of
from search.engines.spelling import Sought, closest, stemmed, suggestion
from search.query.tree import Query as Asked
from search.query.tree import Word

DEEPEST = 10_000
CANDIDATES = 40
# Of equal scores the latest first; no two objects are equally recent.
LATEST = [{"recency": "desc"}]
BEST = ["_score", *LATEST]
# Only what has columns is fetched: nothing stored is unpacked.
FETCHED = {"docvalue_fields": ["id", "recency"], "stored_fields": "_none_"}
Answer = TypeVar("Answer")


class ElasticsearchEngine:
    """Searches and writes the indices below a prefix."""

    label = "Elasticsearch"

    def __init__(self, prefix: str, shards: int = 1, replicas: int = 0, **server: Any) -> None:
        self.connection = Connection(**server)
        self.generations = Generations(self.connection, prefix, shards, replicas)
        self.builder = ElasticsearchBuilder()
        self.documents: Compiler[Query] = Compiler(self.builder, "documents")
        self.pages: Compiler[Query] = Compiler(self.builder, "pages")
        self._writer = Writer(self.connection, self.generations)

    # Reading ------------------------------------------------------------------------------------
    def search(self, request: SearchRequest) -> Results:
        """Find objects, counting every facet without its own filter."""
        body: dict[str, Any] = {}
        total, complete = 0, 0
        nearness = self.documents.nearness(request.query) if request.refined else []
        for missing in attempts(request):
            asked = self.documents.compile(request.query, missing)
            if asked is None:
                if not request.everything:
                    break
                asked = self.builder.everything()
            search = self._searched(asked, nearness, request)
            body = _body(self._read(search.execute))
            if not body:
                break
            total = int(body["hits"]["total"]["value"])
            complete = complete if missing else total
            if request.stop_at_none and not total:
                break
            if body["aggregations"]["unfiltered"]["doc_count"] >= request.few:
                break
        if not body:
            return Results(0, [], {name: [] for name in request.facets})
        found = body["hits"]["hits"]
        hits = _best_first(found, request) if nearness else _hits(found)
        counted = body["aggregations"]
        facets: dict[str, list[tuple[str, int]]] = {name: [] for name in request.facets}
        for skip, names in counted_together(request):
            group = counted[_group(skip)]
            facets.update({name: _counted(name, group[name]["buckets"]) for name in names})
        return Results(total, hits, facets, complete)

    def _searched(self, asked: Query, nearness: Sequence[Query], request: SearchRequest) -> Search:
        prized = self.documents.prized(asked)
        must = [prized, self.builder.among("audience", sorted(request.audience))]
        never = [self.builder.among("id", sorted(request.exclude_ids))]
        search = (
            self._on("documents")
            .query(Bool(must=must, must_not=never if request.exclude_ids else []))
            .post_filter(Bool(filter=_narrowed(request, skip=None)))
            .extra(track_total_hits=True, **FETCHED, **_in_order(request, nearness))
        )
        search.aggs.bucket("unfiltered", "filter", filter=self.builder.everything())
        for skip, names in counted_together(request):
            others = Bool(filter=_narrowed(request, skip=skip))
            group = search.aggs.bucket(_group(skip), "filter", filter=others)
            for name in names:
                if name == SCOPE:
                    scopes = {
                        scope: terms_of(
                            "audience", sorted(tokens_of_scope(request.audience, scope))
                        )
                        for scope in SCOPES
                    }
                    group.bucket(name, "filters", filters=scopes)
                else:
                    group.bucket(name, "terms", field=name, size=FACET_SIZE)
        return search

    def passages(
        self, query: Asked, ids: Sequence[str], per_document: int = 3
    ) -> dict[str, list[Passage]]:
        """Return the best pages of the given objects, in one query."""
        asked = self.pages.compile_passages(query)
        if asked is None or not ids:
            return {}
        wanted = Bool(must=[asked, self.builder.among("id", list(ids))])
        search = self._on("pages").query(wanted).params(routing=",".join(ids)).extra(size=0)
        search.aggs.bucket("objects", "terms", field="id", size=len(ids)).metric(
            "best",
            "top_hits",
            size=per_document,
            sort=[{"_score": "desc"}, {"number": "asc"}],
            _source=["number", "label"],
        )
        answer = self._read(search.execute)
        objects = _body(answer).get("aggregations", {}).get("objects", {}).get("buckets", [])
        return {
            found["key"]: [
                Passage(hit["_source"]["number"], hit["_source"]["label"], float(hit["sort"][0]))
                for hit in found["best"]["hits"]["hits"]
            ]
            for found in objects
        }

    def suggest(self, prefix: str, audience: frozenset[str], limit: int = 8) -> list[Hit]:
        """Return objects whose title has the words typed, the last of which may be unfinished."""
        asked = self.documents.titles(prefix)
        return self._best(asked, audience, limit) if asked is not None else []

    def similar(
        self,
        key: str,
        audience: frozenset[str],
        limit: int = 5,
        kind: str = "",
        exclude_ids: frozenset[str] = frozenset(),
    ) -> list[Hit]:
        """Return objects, of one kind or of all, that speak of the same as an object."""
        itself = self.builder.among("id", [key])
        allowed = self.builder.among("audience", sorted(audience))
        one = self._on("documents").query(Bool(must=[itself, allowed])).source(["gist"])
        gist = [stem for hit in _raw(self._read(one.execute)) for stem in hit["_source"]["gist"]]
        if not gist:
            return []
        alike = [self.documents.like(gist), *([self.builder.among("kind", [kind])] if kind else [])]
        never = self.builder.among("id", sorted({key, *exclude_ids}))
        others = Bool(must=alike, must_not=[never])
        return self._best(others, audience, limit)

    def suggest_spelling(self, query: Asked, audience: frozenset[str]) -> str:
        """Return the query with its unknown words corrected, or an empty string."""
        allowed = self.builder.among("audience", sorted(audience))

        def seeing(sought: Sequence[Sought]) -> Search:
            search = self._on("documents").query(allowed).extra(size=0)
            filters = {str(n): self.builder.term(*pair) for n, pair in enumerate(sought)}
            search.aggs.bucket("seen", "filters", filters=filters)
            return search

        def seen_in(body: dict[str, Any], sought: Sequence[Sought]) -> set[Sought]:
            counts = body["aggregations"]["seen"]["buckets"] if body else {}
            return {sought[int(n)] for n, count in counts.items() if count["doc_count"]}

        def seen(sought: Sequence[Sought]) -> set[Sought]:
            return seen_in(_body(self._read(seeing(sought).execute)), sought) if sought else set()

        def look(words: Sequence[Word]) -> dict[str, list[str]]:
            sought = [stemmed(word) for word in words]
            search = seeing(sought)
            for number, word in enumerate(words):
                search = search.suggest(str(number), word.exact, term=SUGGESTER)
            body = _body(self._read(search.execute))
            known = seen_in(body, sought)
            return {
                word.exact: closest(word.exact, _vocabulary(body["suggest"][str(number)]))
                for number, word in enumerate(words)
                if body and sought[number] not in known
            }

        return suggestion(query, look, seen)

    def inventory(self) -> Iterator[tuple[str, int]]:
        """Yield id and ``seq`` of all that the active generation holds."""
        self.generations.current()
        alias = self.generations.alias("documents")
        with self.connection.talking():
            fields = {"_source": ["id", "seq"]}
            for hit in scan(self.connection.writer, index=alias, query=fields, size=2000):
                yield hit["_source"]["id"], int(hit["_source"]["seq"])

    def status(self) -> Status:
        """Return the counts of the active generation."""
        generation = self.generations.current()
        with self.connection.talking():
            client = self.connection.client
            documents, pages = (
                int(client.count(index=self.generations.alias(tier))["count"])
                for tier in ("documents", "pages")
            )
        return Status(generation, documents, pages)

    # Writing ------------------------------------------------------------------------------------
    def writing(self, patience: float = PATIENCE) -> AbstractContextManager[None]:
        """Writes carry their ``seq``: every process may write at any time."""
        return nullcontext()

    def upsert(self, items: Iterable[IndexItem], generation: str | None = None) -> None:
        """Write objects in place of earlier states of them, also to a generation being filled."""
        rows = [row_of(item) for item in items]
        for one in [generation] if generation else self.generations.written():
            self._writer.upsert(rows, one, refresh=not generation)

    def delete(self, ids: Iterable[str], seq: int, generation: str | None = None) -> None:
        """Remove objects; later states of them (with a greater ``seq``) stay."""
        keys = sorted(ids)
        for one in [generation] if generation else self.generations.written():
            self._writer.delete(keys, seq, one, refresh=not generation)

    def begin(self) -> str:
        """Make an empty generation beside the active one and return its name."""
        self.generations.current()
        return self.generations.begin()

    def activate(self, generation: str) -> None:
        """Answer from a generation from now on."""
        self.generations.activate(generation)

    # Pieces -------------------------------------------------------------------------------------
    def _on(self, tier: str) -> Search:
        return Search(using=self.connection.client, index=self.generations.alias(tier))

    def _read(self, ask: Callable[[], Answer]) -> Answer | None:
        """Return an answer, None when there is no index: it is made, empty."""
        try:
            with self.connection.talking():
                return ask()
        except MissingIndexError:
            self.generations.current()
            return None

    def _best(self, asked: Query, audience: frozenset[str], limit: int) -> list[Hit]:
        allowed = self.builder.among("audience", sorted(audience))
        search = (
            self._on("documents")
            .query(Bool(must=[asked, allowed]))
            .extra(size=limit, sort=BEST, **FETCHED)
        )
        return _hits(_raw(self._read(search.execute)))


SUGGESTER = {
    "field": "text_exact",
    "size": CANDIDATES,
    "suggest_mode": "always",
    "max_edits": 2,
    "prefix_length": 0,
    "min_word_length": 4,
    "string_distance": "damerau_levenshtein",
    "shard_size": CANDIDATES * 5,
}


def _narrowed(request: SearchRequest, skip: str | None) -> list[Query]:
    """Return the filters of the facets but one."""
    found: list[Query] = []
    for name, values in request.filters.items():
        if values and name != skip:
            if name == SCOPE:
                tokens = tokens_of_scopes(request.audience, values)
                found.append(terms_of("audience", sorted(tokens)))
            else:
                found.append(terms_of(name, sorted(values)))
    return found


def _vocabulary(entries: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Return the words that the server has near one, with how many objects have each."""
    return {one["text"]: one["freq"] for entry in entries for one in entry["options"]}


def _body(answer: Any) -> dict[str, Any]:
    """Return an answer as it came, empty without one (an answer without hits is false)."""
    return dict(answer.to_dict()) if answer is not None else {}


def _raw(answer: Any) -> list[dict[str, Any]]:
    return list(_body(answer).get("hits", {}).get("hits", []))


def _hits(found: Iterable[dict[str, Any]]) -> list[Hit]:
    return [Hit(hit["fields"]["id"][0], float(hit["_score"] or 0)) for hit in found]


def _best_first(raw: Iterable[dict[str, Any]], request: SearchRequest) -> list[Hit]:
    """Return the page of hits asked for, of equal scores the latest first."""

    def rank(hit: dict[str, Any]) -> tuple[float, int]:
        return -hit["_score"], -hit["fields"]["recency"][0]

    found = sorted(raw, key=rank)
    return _hits(found[request.first : request.first + request.page_size])


def _in_order(request: SearchRequest, nearness: Sequence[Query]) -> dict[str, Any]:
    """Return what the server is told about the page of hits and their order."""
    if nearness:
        # What is put in order twice cannot be sorted by date too: it is when it is here.
        again = {"rescore_query": Bool(should=list(nearness)).to_dict()}
        size = min(request.first + request.page_size + TIES, DEEPEST)
        return {"size": size, "rescore": {"window_size": REFINED, "query": again}}
    size = max(min(request.page_size, DEEPEST - request.first), 0)
    order = LATEST if request.sort == "date" else BEST
    return {"from_": min(request.first, DEEPEST - size), "size": size, "sort": order}


def _group(skip: str | None) -> str:
    """Return what the facets are called that are counted without the filter of one of them."""
    return f"without_{skip}" if skip else "facets"


def _counted(name: str, buckets: Any) -> list[tuple[str, int]]:
    """Return the values of a facet with their counts, the most frequent first."""
    if name == SCOPE:
        counts = [(scope, int(buckets[scope]["doc_count"])) for scope in SCOPES]
        return [(scope, count) for scope, count in counts if count]
    pairs = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
