"""The configured search engine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine


def get_engine() -> Engine:
    """Return the engine of the settings, opened once for each index folder."""
    return _embedded(settings.SEARCH_INDEX_DIR)


@cache
def _embedded(folder: Path) -> Engine:
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(folder)
