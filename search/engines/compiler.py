"""From the query tree to the query of an engine: the walk is one, the pieces are the engine's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from search.analysis import terms
from search.engines import weights
from search.query.expansion import is_stopword
from search.query.expansion import weights as tuned
from search.query.tree import (
    AllOf,
    AnyOf,
    Clause,
    InFacet,
    InTitle,
    Leaf,
    Near,
    Node,
    Phrase,
    Prefix,
    Query,
    Word,
    leaves,
)
from search.query.weak import WEAK

Q = TypeVar("Q")
LONGEST_TITLE = 200
# One word in common makes nothing alike.
LEAST_ALIKE = 2


class Builder(Protocol[Q]):
    """The pieces that an engine's queries are made of."""

    def term(self, field: str, value: str) -> Q:
        """Match a term of a text field, scored."""

    def among(self, field: str, values: Sequence[str]) -> Q:
        """Match one of some values of a keyword field, not scored; nothing when there are none."""

    def phrase(self, field: str, words: Sequence[str], slop: int = 0) -> Q:
        """Match words one after the other, with so many moves."""

    def prefix(self, field: str, start: str) -> Q:
        """Match the terms that begin so."""

    def everything(self) -> Q:
        """Match every object."""

    def best(self, options: Sequence[Q], tie: float) -> Q:
        """Match one of several, scored as the best of them."""

    def combined(self, must: Sequence[Q], should: Sequence[Q], never: Sequence[Q], least: int) -> Q:
        """Match all of ``must``, at least so many of ``should``, none of ``never``."""

    def boosted(self, query: Q, boost: float) -> Q:
        """Weigh a query."""

    def worth(self, query: Q, points: float) -> Q:
        """Give what matches always the same points."""


class Compiler(Generic[Q]):
    """Compiles for one of the two tiers."""

    def __init__(self, builder: Builder[Q], tier: str) -> None:
        self.builder = builder
        self.tier = tier
        self.exact = weights.EXACT[tier]
        self.near = weights.NEAR[tier]

    @property
    def fields(self) -> list[tuple[str, float]]:
        """The stemmed fields with what a match is worth, the title as the redazione wants."""
        title = tuned().title
        return [
            (name, boost * title if name == "title" else boost)
            for name, boost in weights.STEMMED[self.tier]
        ]

    def prized(self, asked: Q) -> Q:
        """Return a query with the points that the redazione gives to kinds and networks."""
        prizes = [self._prize(*prize) for prize in tuned().prizes]
        return self.builder.combined([asked], prizes, [], 0) if prizes else asked

    def _prize(self, facet: str, value: str, points: int) -> Q:
        """Return a clause worth some points for a facet value, or for all others when negative."""
        found = self.builder.among(facet, [value])
        if points < 0:
            found = self.builder.combined([self.builder.everything()], [], [found], 0)
        return self.builder.worth(found, float(abs(points)))

    def compile(self, query: Query, missing: int = 0) -> Q | None:
        """Return the query with at most ``missing`` words left out; None when nothing is asked."""
        required = query.required
        if not required:
            return None
        words = [clause for clause in required if isinstance(clause.node, Word)]
        matches = [self._node(clause.node) for clause in words]
        must = [self._node(clause.node) for clause in required if clause not in words]
        if matches:
            least = max(len(matches) - missing, 1)
            must.append(self.builder.combined([], matches, [], least))
        never = [self._node(clause.node) for clause in query.unwanted]
        extras = self._extras(query)
        if missing and len(matches) > 1:
            complete = self.builder.combined(matches, [], [], 0)
            extras.append(self._boosted(complete, weights.COMPLETE))
        return self.builder.combined(must, extras, never, 0)

    def compile_passages(self, query: Query) -> Q | None:
        """Return the query of pages that have something of what is asked."""
        asked = [
            leaf
            for leaf in leaves(query.clauses)
            if not isinstance(leaf, InTitle | InFacet)
            and not (isinstance(leaf, Word) and leaf.optional)
        ]
        if not asked:
            return None
        found = self.builder.combined([], [self._leaf(leaf) for leaf in asked], [], 1)
        extras = self._extras(query) + self.nearness(query)
        return self.builder.combined([found], extras, [], 0)

    def nearness(self, query: Query) -> list[Q]:
        """Return what is better when words of the query stand close: all, and each with the next.

        Slow to look up in long texts: for objects only the best are asked (``REFINED``), and of
        more than two words on a page only each with the next, which tells pages apart as well.
        """
        stems = [word.stem for word in _words(query) if not word.optional]
        if not 1 < len(stems) <= weights.MOST_NEAR:
            return []
        pairs = list(pairwise(stems)) if len(stems) > 2 else []
        extras = []
        for name, boost in self.fields:
            for pair in pairs:
                near = self.builder.phrase(name, pair, weights.PAIR_SLOP)
                extras.append(self._boosted(near, weights.PAIR))
            if self.tier == "documents" or not pairs:
                near = self.builder.phrase(name, stems, weights.NEAR_SLOP)
                extras.append(self._boosted(near, self.near * boost))
        return extras

    def titles(self, typed: str) -> Q | None:
        """Return the query of titles that have what was typed, its last word perhaps unfinished."""
        words = terms(typed[:LONGEST_TITLE])
        if not words:
            return None
        finished = words if typed[-1:].isspace() else words[:-1]
        must = [self.builder.term("title", word.stem) for word in finished]
        if len(finished) < len(words):
            must.append(self.builder.prefix("title_exact", words[-1].exact))
        return self.builder.combined(must, [], [], 0)

    def like(self, gist: Sequence[str]) -> Q:
        """Return the query of objects that share enough of the words that say what one is about."""
        options = [
            self.builder.best(
                [
                    self.builder.boosted(self.builder.term("title", stem), 2.0),
                    self.builder.term("text", stem),
                ],
                weights.TIE,
            )
            for stem in gist
        ]
        least = max(len(gist) // 4, min(LEAST_ALIKE, len(gist)))
        return self.builder.combined([], options, [], least)

    def _extras(self, query: Query) -> list[Q]:
        """Return what makes a result better without being required."""
        words = _words(query)
        extras = [
            self._boosted(self.builder.term(name, word.exact), boost)
            for word in words
            if not word.optional
            for name, boost in self.exact
        ]
        for word in words:
            if word.optional and word.acronym:
                acronym = self.builder.term("acronyms", word.acronym)
                extras.append(self._boosted(acronym, weights.OPTIONAL_ACRONYM))
            elif word.optional and word.exact in WEAK:
                extras += [
                    self._boosted(self.builder.term(name, word.stem), weights.WEAK * boost)
                    for name, boost in self.fields
                ]
        return extras

    def _node(self, node: Node) -> Q:
        if isinstance(node, AnyOf):
            return self.builder.combined([], [self._node(option) for option in node.options], [], 1)
        if isinstance(node, AllOf):
            return self._all(node.clauses)
        return self._leaf(node)

    def _all(self, clauses: Sequence[Clause]) -> Q:
        wanted = [clause for clause in clauses if not clause.negated]
        asked = [clause for clause in wanted if not clause.optional] or wanted
        must = [self._node(clause.node) for clause in asked] or [self.builder.everything()]
        never = [self._node(clause.node) for clause in clauses if clause.negated]
        return self.builder.combined(must, [], never, 0)

    def _leaf(self, node: Leaf) -> Q:
        if isinstance(node, InFacet):
            return self._facet(node)
        if isinstance(node, InTitle):
            return self._in_title(node.node)
        if isinstance(node, Phrase):
            return self._any(
                [(self._phrase(f"{name}_exact", node.words), boost) for name, boost in self.fields]
            )
        if isinstance(node, Prefix):
            return self._any(
                [
                    (self.builder.prefix(f"{name}_exact", node.start), boost)
                    for name, boost in self.fields
                ]
            )
        if isinstance(node, Near):
            return self._near(node)
        return self._word(node)

    def _word(self, node: Word) -> Q:
        options: list[tuple[Q, float]] = []
        if node.acronym and not node.optional:
            options.append((self.builder.term("acronyms", node.acronym), weights.ACRONYM))
        if not options or not is_stopword(node.exact):
            options += [(self.builder.term(name, node.stem), boost) for name, boost in self.fields]
        for words in node.alternatives:
            number = words[0].isdecimal() or words[-1].isdecimal()
            more = weights.NUMBER if number else 1.0
            options += [(self._phrase(name, words), boost * more) for name, boost in self.fields]
        return self._any(options)

    def _near(self, node: Near) -> Q:
        pairs = [(node.left.stem, node.right.stem), (node.right.stem, node.left.stem)]
        options = [
            (self.builder.phrase(name, pair, node.distance - 1), boost)
            for name, boost in self.fields
            for pair in dict.fromkeys(pairs)
        ]
        return self._any(options)

    def _in_title(self, node: Word | Phrase | Prefix) -> Q:
        if isinstance(node, Phrase):
            return self._phrase("title_exact", node.words)
        if isinstance(node, Prefix):
            return self.builder.prefix("title_exact", node.start)
        options = [(self.builder.term("title", node.stem), 1.0)]
        options += [(self._phrase("title", words), 1.0) for words in node.alternatives]
        return self._any(options)

    def _facet(self, node: InFacet) -> Q:
        by_facet: dict[str, list[str]] = {}
        for facet, value in node.options:
            by_facet.setdefault(facet, []).append(value)
        found = [self.builder.among(facet, values) for facet, values in by_facet.items()]
        return self.builder.combined([], found, [], 1) if found else self.builder.among("kind", [])

    def _phrase(self, name: str, words: Sequence[str]) -> Q:
        if len(words) == 1:
            return self.builder.term(name, words[0])
        return self.builder.phrase(name, words)

    def _any(self, options: Sequence[tuple[Q, float]]) -> Q:
        found = [self._boosted(query, boost) for query, boost in options]
        return found[0] if len(found) == 1 else self.builder.best(found, weights.TIE)

    def _boosted(self, query: Q, boost: float) -> Q:
        return query if boost == 1.0 else self.builder.boosted(query, boost)


def _words(query: Query) -> list[Word]:
    return [node for clause in query.wanted if isinstance(node := clause.node, Word)]
