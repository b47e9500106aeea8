"""Fields of the query language: what somebody typed for them as values of facets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from search.analysis.chain import fold
from search.query.notes import Note
from search.query.tree import AllOf, AnyOf, Clause, InFacet, Node, Query

YEARS = re.compile(r"(\d{4})(?:(?:-|\.\.)(\d{4}))?")
MOST_YEARS = 100
Resolver = Callable[[InFacet], tuple[tuple[str, str], ...]]


def in_facet(field: str, typed: str) -> InFacet | None:
    """Return the node of a field, with the value as typed; None when it can be no value."""
    value = fold(typed.strip())
    if not value:
        return None
    if field == "year":
        match = YEARS.fullmatch(value)
        if not match:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        years = range(first, min(last, first + MOST_YEARS) + 1)
        options = tuple(("year", str(year)) for year in years)
        return InFacet(field, typed, options) if options else None
    if field == "kind":
        return InFacet(field, typed, (("kind", value), ("document_kind", value)))
    if field == "province" and len(value) == 2:
        value = value.upper()
    return InFacet(field, typed, ((field, value),))


def resolved(query: Query, resolver: Resolver) -> Query:
    """Return the query with the values of its fields as the index knows them.

    A value that nothing has finds nothing, and is noted.
    """
    unknown: list[Note] = []

    def of(node: Node) -> Node:
        if isinstance(node, InFacet):
            options = resolver(node)
            if not options:
                unknown.append(Note("value", node.typed))
            return replace(node, options=options)
        if isinstance(node, AnyOf):
            return AnyOf(tuple(of(option) for option in node.options))
        if isinstance(node, AllOf):
            return AllOf(tuple(replace(clause, node=of(clause.node)) for clause in node.clauses))
        return node

    clauses: tuple[Clause, ...] = tuple(
        replace(clause, node=of(clause.node)) for clause in query.clauses
    )
    return replace(query, clauses=clauses, notes=(*query.notes, *unknown))
