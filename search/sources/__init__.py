from search.sources.base import (
    Described,
    Source,
    describe,
    object_id,
    parse_object_id,
    source_of,
    sources,
)

__all__ = [
    "Described",
    "Source",
    "describe",
    "object_id",
    "parse_object_id",
    "source_of",
    "sources",
]
