"""From the query tree to a tantivy query."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy

from search.query import Clause, Phrase, Query, Word
from search.query.expansion import is_stopword, weights

Must, Should, MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot

# Fields of a word and what a match in each is worth.
DOCUMENT_FIELDS = (("title", 3.0), ("body", 1.0))
DOCUMENT_EXACT = (("title_exact", 1.5), ("body_exact", 0.4))
PAGE_FIELDS = (("body", 1.0),)
PAGE_EXACT = (("body_exact", 0.4),)
ACRONYM_BOOST = 1.5
OPTIONAL_ACRONYM_BOOST = 1.2
NEAR_BOOST = 2.0
NEAR_SLOP = 4


class Compiler:
    """Compiles for one of the two tiers."""

    def __init__(self, schema: tantivy.Schema, tier: str) -> None:
        self.schema = schema
        self.base_fields = DOCUMENT_FIELDS if tier == "documents" else PAGE_FIELDS
        self.exact = DOCUMENT_EXACT if tier == "documents" else PAGE_EXACT

    @property
    def fields(self) -> list[tuple[str, float]]:
        """The fields of a word with what a match is worth, the title as the redazione wants."""
        title = weights().title
        return [
            (name, boost * title if name == "title" else boost) for name, boost in self.base_fields
        ]

    def compile(self, query: Query, missing: int = 0) -> tantivy.Query | None:
        """Return the query with at most ``missing`` words left out; None when nothing is asked."""
        required = [clause for clause in query.wanted if not _optional(clause)]
        if not required:
            return None
        parts: list[tuple[tantivy.Occur, tantivy.Query]] = []
        matches = [(Should, self._node(clause.node)) for clause in required]
        least = max(len(matches) - missing, 1)
        parts.append((Must, tantivy.Query.boolean_query(matches, least)))
        parts += [(Should, extra) for extra in self._extras(query, required)]
        parts += [(MustNot, self._node(clause.node)) for clause in query.unwanted]
        return tantivy.Query.boolean_query(parts)

    def _extras(self, query: Query, required: Sequence[Clause]) -> list[tantivy.Query]:
        extras = []
        words = [clause.node for clause in required if isinstance(clause.node, Word)]
        for word in words:
            extras += [
                self._boosted(self._term(name, word.exact), boost) for name, boost in self.exact
            ]
        for clause in query.wanted:
            if isinstance(clause.node, Word) and clause.node.optional and clause.node.acronym:
                extras.append(
                    self._boosted(
                        self._term("acronyms", clause.node.acronym), OPTIONAL_ACRONYM_BOOST
                    )
                )
        if 1 < len(words) <= 8:
            stems = [word.stem for word in words]
            for name, boost in self.fields:
                near = tantivy.Query.phrase_query(self.schema, name, list(stems), NEAR_SLOP)
                extras.append(self._boosted(near, NEAR_BOOST * boost))
        return extras

    def _node(self, node: Word | Phrase) -> tantivy.Query:
        if isinstance(node, Phrase):
            return self._any(
                [
                    (self._phrase(name, node.words), boost)
                    for name, boost in (
                        (name.removesuffix("_exact") + "_exact", boost)
                        for name, boost in self.fields
                    )
                ]
            )
        if node.acronym and not node.optional:
            options = [(self._term("acronyms", node.acronym), ACRONYM_BOOST)]
            if not is_stopword(node.exact):
                options += [(self._term(name, node.stem), boost) for name, boost in self.fields]
        else:
            options = [(self._term(name, node.stem), boost) for name, boost in self.fields]
        for words in node.alternatives:
            options += [(self._phrase(name, words), boost) for name, boost in self.fields]
        return self._any(options)

    def _any(self, options: Sequence[tuple[tantivy.Query, float]]) -> tantivy.Query:
        boosted = [self._boosted(query, boost) for query, boost in options]
        return (
            boosted[0] if len(boosted) == 1 else tantivy.Query.disjunction_max_query(boosted, 0.2)
        )

    def _term(self, name: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, name, value)

    def _phrase(self, name: str, words: Sequence[str]) -> tantivy.Query:
        if len(words) == 1:
            return self._term(name, words[0])
        return tantivy.Query.phrase_query(self.schema, name, list(words))

    def _boosted(self, query: tantivy.Query, boost: float) -> tantivy.Query:
        return query if boost == 1.0 else tantivy.Query.boost_query(query, boost)


def _optional(clause: Clause) -> bool:
    return isinstance(clause.node, Word) and clause.node.optional
