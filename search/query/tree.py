"""The query as a tree that every engine compiles."""

from __future__ import annotations

from dataclasses import dataclass


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
class Clause:
    """A word or a phrase that must be there, or must not."""

    node: Word | Phrase
    negated: bool = False
