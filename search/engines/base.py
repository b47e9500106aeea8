"""What the portal asks of a search engine, whichever it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from search.query.tree import Query, Word

# Nearly every search is narrowed to what is in use: what does not say that it is archived.
STATE = "state"
IN_USE, ARCHIVED = "in-uso", "archiviati"
# What an object says of itself; ``scope`` is computed for each reader from the audience.
STORED_FACETS = (
    "kind",
    "network",
    "province",
    "body",
    "document_kind",
    "year",
    "format",
    "signed",
    "tag",
    "norm",
    STATE,
)
SCOPE = "scope"
SCOPES = ("mine", "spaces", "public")
FACETS = (*STORED_FACETS, SCOPE)
FACET_SIZE = 150
# So many of the best objects are put in order by how close the words stand in them, too.
REFINED = 40
# Hits of equal score around the end of a page, put in order by date.
TIES = 50
# Seconds that a writer waits for another, where only one may write.
PATIENCE = 5.0
Sort = Literal["relevance", "date"]


class EngineError(Exception):
    """The engine could not do what it was asked."""


class EngineBusyError(EngineError):
    """Another process is writing to the index."""


@dataclass(frozen=True)
class PageText:
    """One page of a document."""

    number: int
    label: str
    text: str


@dataclass(frozen=True)
class IndexItem:
    """An object as the index takes it; ``seq`` grows with every later state of it."""

    id: str
    title: str
    summary: str
    body: str
    pages: Sequence[PageText]
    audience: frozenset[str]
    facets: Mapping[str, Sequence[str]]
    date: date | None
    seq: int


@dataclass(frozen=True)
class SearchRequest:
    """One search: what, for whom, narrowed how, in what order, which page of results.

    When fewer than ``few`` objects have all the words, those that lack some are results too;
    with ``stop_at_none`` not when no object has all of them.
    """

    query: Query
    audience: frozenset[str]
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facets: Sequence[str] = FACETS
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = 10
    exclude_ids: frozenset[str] = frozenset()
    everything: bool = False
    strict: bool = False
    few: int = 1
    stop_at_none: bool = False

    @property
    def first(self) -> int:
        """How many hits come before those of the page."""
        return (max(self.page, 1) - 1) * self.page_size

    @property
    def refined(self) -> bool:
        """Whether the page is among the objects put in order by the nearness of words too."""
        return self.sort == "relevance" and self.first < REFINED


@dataclass(frozen=True)
class Hit:
    """An object found."""

    id: str
    score: float


@dataclass(frozen=True)
class Passage:
    """A page that answers."""

    number: int
    label: str
    score: float


@dataclass(frozen=True)
class Results:
    """What was found: total, how many have all the words, one page of hits, counts of facets."""

    total: int
    hits: list[Hit]
    facets: dict[str, list[tuple[str, int]]]
    complete: int = 0

    @property
    def lenient(self) -> bool:
        """Whether some results lack some of the words."""
        return self.total > self.complete


@dataclass(frozen=True)
class Status:
    """How the index is."""

    generation: str
    documents: int
    pages: int


class Engine(Protocol):
    """The interface of the engines; the contract suite says what each call must do.

    Every call raises EngineError when the engine does not answer; writing also EngineBusyError.
    ``label`` is what people who administer the portal read.
    """

    label: str

    def search(self, request: SearchRequest) -> Results:
        """Find objects, counting every facet without its own filter."""

    def passages(
        self, query: Query, ids: Sequence[str], per_document: int = 3
    ) -> dict[str, list[Passage]]:
        """Return the best pages of the given objects, in one query."""

    def suggest(self, prefix: str, audience: frozenset[str], limit: int = 8) -> list[Hit]:
        """Return objects whose title has the words typed, the last of which may be unfinished."""

    def similar(
        self,
        key: str,
        audience: frozenset[str],
        limit: int = 5,
        kind: str = "",
        exclude_ids: frozenset[str] = frozenset(),
    ) -> list[Hit]:
        """Return objects, of one kind or of all, that speak of the same as an object.

        Nothing for who may not see the object.
        """

    def suggest_spelling(self, query: Query, audience: frozenset[str]) -> str:
        """Return the query with its unknown words corrected, or an empty string.

        Only words of objects that the audience may see are suggested.
        """

    def writing(self, patience: float = PATIENCE) -> AbstractContextManager[None]:
        """Hold the right to write to the active generation, from loading to noting what is done.

        Raises EngineBusyError when another process does not let it go within so many seconds.
        """

    def upsert(self, items: Iterable[IndexItem], generation: str | None = None) -> None:
        """Write objects in place of earlier states of them."""

    def delete(self, ids: Iterable[str], seq: int, generation: str | None = None) -> None:
        """Remove objects; later states of them (with a greater ``seq``) stay."""

    def begin(self) -> str:
        """Make an empty generation beside the active one and return its name."""

    def activate(self, generation: str) -> None:
        """Answer from a generation from now on."""

    def inventory(self) -> Iterator[tuple[str, int]]:
        """Yield id and ``seq`` of all that the active generation holds."""

    def status(self) -> Status:
        """Return the counts of the active generation."""


def tokens_of_scope(audience: frozenset[str], scope: str) -> frozenset[str]:
    """Return the reader's tokens that make an object hers, of her spaces, or of everybody."""
    starts = {"mine": ("organisation:", "user:"), "spaces": ("space:",), "public": ("public",)}
    return frozenset(token for token in audience if token.startswith(starts.get(scope, ("\0",))))


def tokens_of_scopes(audience: frozenset[str], scopes: Iterable[str]) -> frozenset[str]:
    """Return the reader's tokens of any of several scopes."""
    return frozenset().union(*(tokens_of_scope(audience, scope) for scope in scopes))


def attempts(request: SearchRequest) -> list[int]:
    """Return how many words may be missing: none, then half, then all but one while few match."""
    words = sum(1 for clause in request.query.required if isinstance(clause.node, Word))
    if request.strict or request.query.strict or words < 2:
        return [0]
    return list(dict.fromkeys([0, words // 2, words - 1]))


def counted_together(request: SearchRequest) -> list[tuple[str | None, list[str]]]:
    """Return the facets of a request by the filter that they are counted without, if any."""
    free = [name for name in request.facets if not request.filters.get(name)]
    own = [name for name in request.facets if name not in free]
    return [*([(None, free)] if free else []), *((name, [name]) for name in own)]
