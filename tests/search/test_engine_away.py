"""A server that refuses, hangs, or is not the right one: the portal goes on and says so."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from elastic_transport import Urllib3HttpNode

from portal.accounts.models import User
from portal.core.access import MEMBERS
from search.engines.base import EngineError, SearchRequest
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import OutboxRow
from search.query import parse
from search.tasks import drain_outbox
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.pages import content_page
from tests.search import engines
from tests.search.engines import at

PUBLIC = frozenset({"public"})


@pytest.fixture
def hung() -> Iterator[str]:
    """A server that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def closed() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"http://127.0.0.1:{port}"


class _Other(BaseHTTPRequestHandler):
    version = "7.17.0"
    status = 200

    def do_GET(self) -> None:
        body = json.dumps({"version": {"number": self.version}, "error": "refused"}).encode()
        self.send_response(self.status)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def serve(settings: Any, **changes: Any) -> ThreadingHTTPServer:
    """Start a server of another version, or one that refuses, and set the portal to it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Changed", (_Other,), changes))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    at(settings, f"http://127.0.0.1:{server.server_address[1]}")
    return server


@pytest.mark.timeout(30)
@pytest.mark.parametrize("where", ["hung", "closed"])
def test_an_engine_that_is_away_is_an_error_at_once(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    engine = ElasticsearchEngine("away", url=request.getfixturevalue(where), timeout=1)
    tried: list[str] = []
    send = Urllib3HttpNode.perform_request

    def counted(node: Urllib3HttpNode, method: str, target: str, *rest: Any, **named: Any) -> Any:
        tried.append(target)
        return send(node, method, target, *rest, **named)

    monkeypatch.setattr("search.engines.elasticsearch.connection.PAUSE_SECONDS", 60)
    monkeypatch.setattr(Urllib3HttpNode, "perform_request", counted)
    for _ in range(3):
        with pytest.raises(EngineError):
            engine.search(SearchRequest(parse("gara"), PUBLIC))
        assert len(tried) == 1, "asked again while it is known to be away"
    for call in (engine.status, engine.begin, lambda: engine.upsert([]), engine.inventory):
        with pytest.raises(EngineError):
            list(call() or [])  # type: ignore[call-overload]


@pytest.mark.django_db
def test_titles_are_searched_meanwhile(
    settings: Any, closed: str, member: User, django_capture_on_commit_callbacks: Any
) -> None:
    at(settings, closed)
    document("testo", title="Verbale della idrografia")
    document("idrografia", title="Altro")
    document("testo", title="Idrografia riservata", audience=MEMBERS)
    content_page(title="Idrografia e Province", summary="x")
    text = Client().get("/cerca/", {"q": "idrografia"}).content.decode()
    assert "Ricerca ridotta" in text
    assert "2 risultati" in text
    assert "Idrografia riservata" not in text
    data = Client().get("/api/v1/search/", {"q": "la idrografia verbale"}).json()
    assert data["reduced"] is True
    assert [result["title"] for result in data["results"]] == ["Verbale della idrografia"]
    assert client_of(member).get("/api/v1/search/", {"q": "idrografia"}).json()["count"] == 3
    assert Client().get("/cerca/", {"q": "idrografia", "page": "9"}).status_code == 200
    assert Client().get("/cerca/", {"rete": "sua"}).status_code == 200
    waiting = OutboxRow.objects.count()
    assert waiting
    assert drain_outbox() == 0
    assert OutboxRow.objects.count() == waiting
    engines.forget()


def search_checks() -> list[str]:
    """Return the ids of what the checks of the search say."""
    return [str(message.id) for message in run_checks(tags=["search"])]


def test_the_server_is_checked_at_the_start(settings: Any, closed: str) -> None:
    settings.ELASTICSEARCH = {**settings.ELASTICSEARCH, "url": ""}
    assert search_checks() == []
    at(settings, "localhost:9200")
    assert search_checks() == ["search.E001"]
    at(settings, closed)
    assert search_checks() == ["search.W001"]
    for changes, expected in (
        ({}, ["search.E003"]),
        ({"version": "10.0.0"}, ["search.E003"]),
        ({"version": "9.2.1"}, []),
        ({"version": "8.19.0"}, []),
        ({"status": 401}, ["search.E002"]),
        ({"status": 403}, ["search.E002"]),
        ({"status": 500}, ["search.W001"]),
    ):
        server = serve(settings, **changes)
        assert search_checks() == expected, changes
        server.shutdown()
        server.server_close()


def test_a_stranger_is_no_engine(settings: Any) -> None:
    server = serve(settings, send_header=_without_product)
    assert search_checks() == ["search.W001"]
    server.shutdown()
    server.server_close()


def _without_product(self: BaseHTTPRequestHandler, keyword: str, value: str) -> None:
    if keyword != "X-Elastic-Product":
        BaseHTTPRequestHandler.send_header(self, keyword, value)
