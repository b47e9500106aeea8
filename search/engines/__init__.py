"""The configured search engine."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from search.engines.base import Engine


def get_engine() -> Engine:
    """Return the engine of the settings, opened once for each place of the index."""
    options = settings.ELASTICSEARCH
    if options["url"]:
        return _elasticsearch(tuple(sorted(options.items())))
    return _embedded(settings.SEARCH_INDEX_DIR)


@cache
def _embedded(folder: Path) -> Engine:
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(folder)


@cache
def _elasticsearch(options: tuple[tuple[str, Any], ...]) -> Engine:
    from search.engines.elasticsearch import ElasticsearchEngine

    return ElasticsearchEngine(**dict(options))
