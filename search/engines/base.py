"""What the portal asks of a search engine, whichever it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from search.query.parser import Query

FACETS = ("kind", "network", "province", "year", "format")
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
    kind: str
    title: str
    summary: str
    body: str
    pages: Sequence[PageText]
    audience: frozenset[str]
    networks: Sequence[str]
    provinces: Sequence[str]
    year: int | None
    format: str | None
    date: date | None
    seq: int


@dataclass(frozen=True)
class SearchRequest:
    """One search: what, for whom, narrowed how, in what order, which page of results."""

    query: Query
    audience: frozenset[str]
    filters: dict[str, frozenset[str]] = field(default_factory=dict)
    facets: Sequence[str] = FACETS
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = 10
    exclude_ids: frozenset[str] = frozenset()
    everything: bool = False


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
    """What was found: total, one page of hits, counts of every facet."""

    total: int
    hits: list[Hit]
    facets: dict[str, list[tuple[str, int]]]
    lenient: bool = False


@dataclass(frozen=True)
class Status:
    """How the index is."""

    generation: str
    documents: int
    pages: int


class Engine(Protocol):
    """The interface of the engines; the contract suite says what each call must do."""

    def search(self, request: SearchRequest) -> Results:
        """Find objects, counting every facet without its own filter."""

    def passages(
        self, query: Query, ids: Sequence[str], per_document: int = 3
    ) -> dict[str, list[Passage]]:
        """Return the best pages of the given objects, in one query."""

    def upsert(self, items: Iterable[IndexItem], generation: str | None = None) -> None:
        """Write objects in place of earlier states of them; raises EngineBusyError."""

    def delete(self, ids: Iterable[str]) -> None:
        """Remove objects; raises EngineBusyError."""

    def begin(self) -> str:
        """Make an empty generation beside the active one and return its name."""

    def activate(self, generation: str) -> None:
        """Answer from a generation from now on."""

    def status(self) -> Status:
        """Return the counts of the active generation."""
