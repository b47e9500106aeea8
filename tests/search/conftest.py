"""Engines for the tests of the search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import search.engines
from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An empty engine."""
    return EmbeddedEngine(tmp_path / "index")


@pytest.fixture
def index(tmp_path: Path, settings: Any) -> Iterator[Engine]:
    """The portal's own engine, empty, for one test."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    yield search.engines.get_engine()
    search.engines._embedded.cache_clear()
