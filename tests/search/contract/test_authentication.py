"""A server that asks who is there: user and password, API keys, and neither."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks

from search.engines.base import EngineError, SearchRequest
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.connection import RefusedError, connect
from search.query import parse
from tests.search import engines
from tests.search.contract.content import PUBLIC, ids, item

pytestmark = pytest.mark.skipif(
    not (engines.has_elasticsearch() and settings.ELASTICSEARCH["user"]),
    reason="ELASTICSEARCH_URL and ELASTICSEARCH_USER are not set",
)
NOBODY = {"api_key": "", "user": "", "password": ""}


@pytest.fixture
def key() -> Iterator[str]:
    """An API key with the rights that docs/operations.md names, for this process's prefix."""
    security = connect(settings.ELASTICSEARCH).client.security
    rights = {
        "cluster": ["monitor"],
        "index": [{"names": [f"{settings.ELASTICSEARCH['prefix']}-*"], "privileges": ["all"]}],
    }
    made = security.create_api_key(name="tests", role_descriptors={"portal": rights})
    yield str(made["encoded"])
    security.invalidate_api_key(ids=[made["id"]])


def engine_of(**changes: Any) -> ElasticsearchEngine:
    """Return an engine that presents itself otherwise."""
    options: dict[str, Any] = {**settings.ELASTICSEARCH, **NOBODY, **changes}
    return ElasticsearchEngine(**{**options, "prefix": f"{options['prefix']}-key"})


def test_an_api_key_is_enough(key: str) -> None:
    engine = engine_of(api_key=key)
    engine.upsert([item("page:1", "convenzione")])
    assert ids(engine, "convenzione") == ["page:1"]
    generation = engine.begin()
    engine.activate(generation)
    assert engine.status().documents == 0
    assert list(engine.inventory()) == []
    engine.generations.delete_all()


@pytest.mark.parametrize("who", [{}, {"user": "tests", "password": "wrong"}, {"api_key": "x"}])
def test_who_is_not_known_is_refused(who: dict[str, str], settings: Any) -> None:
    with pytest.raises(RefusedError):
        engine_of(**who).status()
    with pytest.raises(EngineError):
        engine_of(**who).search(SearchRequest(parse("gara"), PUBLIC))
    settings.ELASTICSEARCH = {**settings.ELASTICSEARCH, **NOBODY, **who}
    assert [message.id for message in run_checks(tags=["search"])] == ["search.E002"]


def test_the_configured_user_is_let_in() -> None:
    assert run_checks(tags=["search"]) == []
