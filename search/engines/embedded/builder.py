"""The pieces of tantivy's queries."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy

Must, Should, MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


class TantivyBuilder:
    """Builds for one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self.schema = schema

    def term(self, field: str, value: str) -> tantivy.Query:
        """Match a term of a text field, scored."""
        return tantivy.Query.term_query(self.schema, field, value)

    def among(self, field: str, values: Sequence[str]) -> tantivy.Query:
        """Match one of some values of a keyword field, not scored; nothing when there are none."""
        terms = [
            (Should, tantivy.Query.term_query(self.schema, field, value, "basic"))
            for value in values
        ]
        if not terms:
            return tantivy.Query.empty_query()
        return tantivy.Query.const_score_query(tantivy.Query.boolean_query(terms), 0.0)

    def numbered(self, field: str, numbers: Sequence[int]) -> tantivy.Query:
        """Match one of some numbers, not scored."""
        return tantivy.Query.const_score_query(
            tantivy.Query.term_set_query(self.schema, field, list(numbers)), 0.0
        )

    def phrase(self, field: str, words: Sequence[str], slop: int = 0) -> tantivy.Query:
        """Match words one after the other, with so many moves."""
        return tantivy.Query.phrase_query(self.schema, field, list(words), slop)

    def prefix(self, field: str, start: str) -> tantivy.Query:
        """Match the terms that begin so; they are letters and digits, nothing to escape."""
        return tantivy.Query.regex_query(self.schema, field, f"{start}.*")

    def everything(self) -> tantivy.Query:
        """Match every object."""
        return tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)

    def best(self, options: Sequence[tantivy.Query], tie: float) -> tantivy.Query:
        """Match one of several, scored as the best of them."""
        return tantivy.Query.disjunction_max_query(list(options), tie)

    def combined(
        self,
        must: Sequence[tantivy.Query],
        should: Sequence[tantivy.Query],
        never: Sequence[tantivy.Query],
        least: int,
    ) -> tantivy.Query:
        """Match all of ``must``, at least so many of ``should``, none of ``never``."""
        parts = [(Must, query) for query in must]
        parts += [(MustNot, query) for query in never]
        if must and not least:
            return self._better(tantivy.Query.boolean_query(parts), should)
        parts += [(Should, query) for query in should]
        if not should:
            return tantivy.Query.boolean_query(parts)
        return tantivy.Query.boolean_query(parts, least)

    def _better(self, asked: tantivy.Query, extras: Sequence[tantivy.Query]) -> tantivy.Query:
        """Add what makes a match better, one extra inside the other.

        Side by side they would be a union, which tantivy works out for thousands of objects at
        a time; each alone is only looked up where the rest matches. The sum is the same.
        """
        for extra in extras:
            asked = tantivy.Query.boolean_query([(Must, asked), (Should, extra)])
        return asked

    def boosted(self, query: tantivy.Query, boost: float) -> tantivy.Query:
        """Weigh a query."""
        return tantivy.Query.boost_query(query, boost)

    def worth(self, query: tantivy.Query, points: float) -> tantivy.Query:
        """Give what matches always the same points."""
        return tantivy.Query.const_score_query(query, points)


class ConfinedBuilder(TantivyBuilder):
    """Builds for some objects only, which whatever it builds is asked within."""

    def __init__(self, schema: tantivy.Schema, within: tantivy.Query) -> None:
        super().__init__(schema)
        self.within = within

    def best(self, options: Sequence[tantivy.Query], tie: float) -> tantivy.Query:
        """Match one of several, each looked up only where it is asked.

        tantivy works alternatives out for thousands of pages at a time, phrases too.
        """
        confined = [self.combined([self.within, option], [], [], 0) for option in options]
        return super().best(confined, tie)
