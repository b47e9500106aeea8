"""Engines for the tests of the search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.engines.base import Engine
from tests.search import engines


@pytest.fixture
def index(tmp_path: Path, settings: Any) -> Iterator[Engine]:
    """The portal's own engine, empty, for one test."""
    yield engines.make_configured(settings, tmp_path / "index")
    engines.forget()
