from search.sources.base import Described, Source, object_id, parse_object_id, source_of, sources

__all__ = ["Described", "Source", "object_id", "parse_object_id", "source_of", "sources"]
