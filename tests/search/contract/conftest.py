"""The contract of the engines is tried on each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines.base import Engine
from tests.search import engines
from tests.search.contract.content import item
from tests.search.contract.pairs import MATCH
from tests.search.contract.strangers import NO_MATCH

needs_server = pytest.mark.skipif(
    not engines.has_elasticsearch(), reason="ELASTICSEARCH_URL is not set"
)
KINDS = [
    pytest.param("embedded", marks=pytest.mark.standalone),
    pytest.param("elasticsearch", marks=needs_server),
]


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An empty engine."""
    return engines.make(request.param, tmp_path / "index")


@pytest.fixture(scope="module", params=KINDS)
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine with every text of the pairs."""
    engine = engines.make(request.param, tmp_path_factory.mktemp("pairs"), "pairs")
    engine.upsert(item(f"page:{n}", text) for n, (_, text) in enumerate(MATCH + NO_MATCH))
    return engine
