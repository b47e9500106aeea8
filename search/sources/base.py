"""Searchable content: each feature describes its objects to the search through a Source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from portal.core.registry import Registry
from search.engines.base import IndexItem

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Reader = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Described:
    """An object of the results as the page shows it, checked against the database."""

    kind: str
    kind_label: str
    title: str
    url: str
    text: str = ""
    date: date | None = None
    networks: list[tuple[str, str]] = field(default_factory=list)
    province: str = ""
    body: str = ""
    format: str = ""
    page_count: int = 0
    page_texts: dict[int, str] = field(default_factory=dict)
    page_url: str = ""
    archived: bool = False


class Source(Protocol):
    """What the index needs of one family of objects, whose ids are ``<name>:<pk>``."""

    name: str
    label: str

    def pks(self, after: int, limit: int) -> list[int]:
        """Return the next keys of what belongs in the index, in order (keyset paging)."""

    def load(self, pks: Iterable[int], seq: int) -> Iterator[IndexItem]:
        """Yield the present state of the objects that belong in the index."""

    def audience(self, pk: int) -> frozenset[str]:
        """Return the tokens of an object now; empty when it belongs in the index no more."""

    def titled(self, reader: Reader, words: list[str], limit: int) -> list[int]:
        """Return the keys whose title has all the words, for when no engine answers."""

    def describe(self, reader: Reader, passages: dict[int, list[int]]) -> dict[int, Described]:
        """Return what the reader may see among the keys, with the texts of the wanted pages."""


class _Named(Protocol):
    def __call__(self) -> Source: ...


sources: Registry[_Named] = Registry("source")


def source_of(name: str) -> Source | None:
    """Return the source of a name, None when no feature registered it."""
    for known, make in sources:
        if known == name:
            return make()
    return None


def describe(reader: Reader, wanted: dict[str, list[int]]) -> dict[str, Described]:
    """Return what a reader may see among ids of the index, with the texts of the wanted pages."""
    keys: dict[str, dict[int, list[int]]] = defaultdict(dict)
    for text, numbers in wanted.items():
        name, pk = parse_object_id(text)
        keys[name][pk] = numbers
    found: dict[str, Described] = {}
    for name, pages in keys.items():
        source = source_of(name)
        if source:
            described = source.describe(reader, pages)
            found |= {object_id(name, pk): item for pk, item in described.items()}
    return found


def object_id(name: str, pk: int) -> str:
    """Return the id of an object in the index."""
    return f"{name}:{pk}"


def parse_object_id(text: str) -> tuple[str, int]:
    """Return source and key of an id of the index."""
    name, _, pk = text.partition(":")
    return name, int(pk)
