"""The pieces of Elasticsearch's queries."""

from __future__ import annotations

from collections.abc import Sequence

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import (
    Bool,
    ConstantScore,
    DisMax,
    MatchAll,
    MatchNone,
    MatchPhrase,
    Prefix,
    Query,
    Term,
)


def terms_of(field: str, values: Sequence[str]) -> Query:
    """Match one of some values of a keyword field."""
    return Q({"terms": {field: list(values)}})


class ElasticsearchBuilder:
    """Builds queries with the library's own classes."""

    def term(self, field: str, value: str) -> Query:
        """Match a term of a text field, scored."""
        return Term(field, {"value": value})

    def among(self, field: str, values: Sequence[str]) -> Query:
        """Match one of some values of a keyword field, not scored; nothing when there are none."""
        if not values:
            return MatchNone()
        return ConstantScore(filter=terms_of(field, values), boost=0.0)

    def phrase(self, field: str, words: Sequence[str], slop: int = 0) -> Query:
        """Match words one after the other, with so many moves."""
        return MatchPhrase(field, {"query": " ".join(words), "slop": slop})

    def prefix(self, field: str, start: str) -> Query:
        """Match the terms that begin so."""
        return Prefix(field, {"value": start})

    def everything(self) -> Query:
        """Match every object."""
        return ConstantScore(filter=MatchAll(), boost=0.0)

    def best(self, options: Sequence[Query], tie: float) -> Query:
        """Match one of several, scored as the best of them."""
        return DisMax(queries=list(options), tie_breaker=tie)

    def combined(
        self, must: Sequence[Query], should: Sequence[Query], never: Sequence[Query], least: int
    ) -> Query:
        """Match all of ``must``, at least so many of ``should``, none of ``never``."""
        return Bool(
            must=list(must),
            should=list(should),
            must_not=list(never),
            minimum_should_match=least if should else 0,
        )

    def boosted(self, query: Query, boost: float) -> Query:
        """Weigh a query."""
        return Bool(must=[query], boost=boost)

    def worth(self, query: Query, points: float) -> Query:
        """Give what matches always the same points."""
        return ConstantScore(filter=query, boost=points)
