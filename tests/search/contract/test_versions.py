"""What lets several processes write: sequence numbers on the server, a lease on the folder."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search.engines.base import EngineBusyError, EngineError
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.folder import IndexFolder
from tests.search import engines
from tests.search.contract.content import ids, item, pages

needs_server = pytest.mark.skipif(
    not engines.has_elasticsearch(), reason="ELASTICSEARCH_URL is not set"
)
HOLDER = """
import sys, time
import django
django.setup()
from pathlib import Path
from search.engines.embedded.folder import IndexFolder
with IndexFolder(Path(sys.argv[1])).lease():
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def server(tmp_path: Path) -> ElasticsearchEngine:
    """An empty engine on the server."""
    made = engines.make("elasticsearch", tmp_path, "versions")
    assert isinstance(made, ElasticsearchEngine)
    return made


def test_the_lease_of_a_killed_process_is_free(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    folder = IndexFolder(tmp_path)
    with pytest.raises(EngineBusyError), folder.lease(seconds=0.2):
        pytest.fail("two hold the lease")
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with folder.lease(seconds=5), folder.lease(seconds=0):
        assert folder.current()


def test_an_index_of_another_version_is_left(tmp_path: Path) -> None:
    (tmp_path / "g1" / "documents").mkdir(parents=True)
    (tmp_path / "g1" / "documents" / "meta.json").write_text("{}")
    (tmp_path / "current").write_text("g1")
    engine = EmbeddedEngine(tmp_path)
    engine.upsert([item("page:1", "gara")])
    assert ids(engine, "gara") == ["page:1"]


@needs_server
def test_an_older_state_never_comes_after_a_newer_one(server: ElasticsearchEngine) -> None:
    server.upsert([item("document:1", pages=pages("nuovo", "secondo"), seq=6)])
    server.upsert([item("document:1", pages=pages("vecchio", "b", "c"), seq=3)])
    assert ids(server, "vecchio") == []
    assert dict(server.inventory()) == {"document:1": 6}
    server.delete(["document:1"], 5)
    assert ids(server, "nuovo") == ["document:1"]
    server.delete(["document:1"], 8)
    server.upsert([item("document:1", pages=pages("risorto"), seq=7)])
    assert server.status().documents == 0
    server.upsert([item("document:1", pages=pages("tornato"), seq=9)])
    assert ids(server, "tornato") == ["document:1"]


@needs_server
def test_changes_go_to_the_generation_being_filled_too(server: ElasticsearchEngine) -> None:
    server.upsert([item("page:1", "uno", seq=1), item("page:2", "due", seq=1)])
    generation = server.begin()
    server.upsert([item("page:1", "cambiato", seq=3)])
    server.delete(["page:2"], 4)
    # The filling comes later, with what it had loaded before.
    server.upsert([item("page:1", "uno", seq=2), item("page:2", "due", seq=2)], generation)
    server.activate(generation)
    assert (ids(server, "uno"), ids(server, "cambiato"), ids(server, "due")) == ([], ["page:1"], [])


@needs_server
def test_what_was_filled_becomes_one_piece(server: ElasticsearchEngine) -> None:
    generation = server.begin()
    for number in range(5):
        server.upsert([item(f"page:{number}", "gara", seq=1)], generation)
        server.connection.client.indices.refresh(
            index=server.generations.alias("documents", "next")
        )
    assert pieces(server, "next") > 1
    server.activate(generation)
    deadline = time.monotonic() + 30
    while pieces(server) > 1 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert pieces(server) == 1
    assert len(ids(server, "gara")) == 5


def pieces(server: ElasticsearchEngine, generation: str = "") -> int:
    """Return in how many segments the objects of a generation are."""
    alias = server.generations.alias("documents", generation)
    answer = server.connection.client.indices.stats(index=alias, metric=["segments"])
    return int(answer["_all"]["primaries"]["segments"]["count"])


@needs_server
def test_an_index_deleted_by_hand_is_made_again_with_its_mapping(
    server: ElasticsearchEngine,
) -> None:
    server.upsert([item("page:1", "gara")])
    server.generations.delete_all()
    assert ids(server, "gara") == []
    assert server.status().documents == 0
    server.upsert([item("page:1", "gara")])
    assert ids(server, "gare") == ["page:1"]
    with pytest.raises(EngineError):
        server.upsert([item("page:1", "gara")], "never-begun")
