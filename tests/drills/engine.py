"""Faults of a real Elasticsearch below a portal on SQLite."""

from __future__ import annotations

import shutil
import signal
import tempfile
import threading
from pathlib import Path

from tests.benchmarks.report import Figure
from tests.drills.faults import Fault, measure_all
from tests.drills.house import Portal, until
from tests.drills.server import SearchServer

# Servers do not start as root, and their user must reach the folder.
READABLE = 0o755


def figures() -> list[Figure]:
    """Break the server in every way that is known."""
    folder = Path(tempfile.mkdtemp(prefix="portal-drill-"))
    folder.chmod(READABLE)
    try:
        with (
            SearchServer(folder / "server") as server,
            Portal(folder / "portal", elasticsearch=server.url) as portal,
        ):
            portal.prepare()
            portal.start()
            return measure_all(portal, faults(server, portal))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def faults(server: SearchServer, portal: Portal) -> list[Fault]:
    """Return the faults, the gentle ones first."""
    starting: list[threading.Thread] = []

    def restart_in_rebuild() -> None:
        """Kill the server when the worker has begun to fill a new generation."""
        before = server.filling()
        portal.do("tests.drills.hand.ask_for_rebuild")
        until(lambda: server.filling() - before, 60, "the rebuilding to begin", pause=0.01)
        server.stop(signal.SIGKILL)
        starting.append(threading.Thread(target=server.start))
        starting[-1].start()

    def emptied() -> None:
        """Start the server with an empty disk."""
        server.stop()
        shutil.rmtree(server.folder / "data")
        server.start()

    def fault(name: str, begin: object, end: object, rounds: int) -> Fault:
        return Fault(f"Elasticsearch {name}", begin, end, rounds, server.held)  # type: ignore[arg-type]

    return [
        fault("hung", server.freeze, server.thaw, 6),
        fault("refused", server.stop, server.start, 4),
        fault("wiped, by its interface", server.wipe, lambda: None, 6),
        fault("wiped, started with an empty disk", emptied, lambda: None, 4),
        fault(
            "read-only",
            lambda: server.set_read_only(True),
            lambda: server.set_read_only(False),
            6,
        ),
        fault(
            "with a full disk", lambda: server.fill_disk(True), lambda: server.fill_disk(False), 4
        ),
        fault("killed during a rebuild", restart_in_rebuild, lambda: starting.pop().join(), 4),
    ]
