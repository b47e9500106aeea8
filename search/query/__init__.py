from search.query.parser import parse
from search.query.tree import (
    AllOf,
    AnyOf,
    Clause,
    InFacet,
    InTitle,
    Near,
    Phrase,
    Prefix,
    Query,
    Word,
    leaves,
)

__all__ = [
    "AllOf",
    "AnyOf",
    "Clause",
    "InFacet",
    "InTitle",
    "Near",
    "Phrase",
    "Prefix",
    "Query",
    "Word",
    "leaves",
    "parse",
]
