"""The query as a tree that every engine compiles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.query.notes import Note


@dataclass(frozen=True)
class Word:
    """One word: its stem, its exact form, its acronym when typed in capitals."""

    stem: str
    exact: str
    acronym: str = ""
    optional: bool = False
    alternatives: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Phrase:
    """Words one after the other, as written."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Prefix:
    """Every word that begins with some letters."""

    start: str


@dataclass(frozen=True)
class Near:
    """Two words, in whatever order, at most so many places from one another."""

    left: Word
    right: Word
    distance: int


@dataclass(frozen=True)
class InTitle:
    """Something that the title must have."""

    node: Word | Phrase | Prefix


@dataclass(frozen=True)
class InFacet:
    """One of some values of facets, named by what was typed for a field."""

    field: str
    typed: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one of several alternatives."""

    options: tuple[Node, ...]


@dataclass(frozen=True)
class AllOf:
    """Several clauses together."""

    clauses: tuple[Clause, ...]


Node = Word | Phrase | Prefix | Near | InTitle | InFacet | AnyOf | AllOf
Leaf = Word | Phrase | Prefix | Near | InTitle | InFacet


@dataclass(frozen=True)
class Clause:
    """A node that must be there, or must not."""

    node: Node
    negated: bool = False

    @property
    def optional(self) -> bool:
        """Whether a result may do without it."""
        return isinstance(self.node, Word) and self.node.optional


@dataclass(frozen=True)
class Query:
    """A parsed query; ``strict`` when its operators say exactly what a result must have."""

    text: str
    clauses: tuple[Clause, ...]
    strict: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def shortened(self) -> bool:
        """Whether part of the typed text was left out."""
        return any(note.code == "shortened" for note in self.notes)

    @property
    def wanted(self) -> tuple[Clause, ...]:
        """The clauses that a result should have."""
        return tuple(clause for clause in self.clauses if not clause.negated)

    @property
    def unwanted(self) -> tuple[Clause, ...]:
        """The clauses that a result must not have."""
        return tuple(clause for clause in self.clauses if clause.negated)

    @property
    def required(self) -> tuple[Clause, ...]:
        """The clauses that a result must have, unless the search is lenient."""
        return tuple(clause for clause in self.wanted if not clause.optional)


def leaves(clauses: tuple[Clause, ...]) -> Iterator[Leaf]:
    """Yield the nodes without children that a result may have, in the order typed."""
    for clause in clauses:
        if not clause.negated:
            yield from _leaves_of(clause.node)


def _leaves_of(node: Node) -> Iterator[Leaf]:
    if isinstance(node, AnyOf):
        for option in node.options:
            yield from _leaves_of(option)
    elif isinstance(node, AllOf):
        yield from leaves(node.clauses)
    else:
        yield node
