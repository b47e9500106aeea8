"""A real Elasticsearch that a drill stops, freezes, empties and blocks."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.drills.house import ROOT, STOP_SECONDS, DrillError, free_port, until

LOGIN = base64.b64encode(b"tests:only-for-tests").decode()
# More than any disk has free: the server itself then takes its disk for full.
FULL = {"low": "300pb", "high": "200pb", "flood_stage": "100pb"}
DISK = "cluster.routing.allocation.disk"
MOST = 10_000


@dataclass
class SearchServer:
    """The server of ``.ci/elasticsearch`` with its own folder and port."""

    folder: Path
    port: int = 0
    launcher: int = 0
    frozen: bool = False

    def __enter__(self) -> Self:
        self.port = self.port or free_port()
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.thaw()
        self.stop()

    @property
    def url(self) -> str:
        """The address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, with the data that it had, and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # What its start takes of the processor is taken elsewhere where the portal is for real.
        command = ["nice", "-n", "10", str(ROOT / ".ci" / "elasticsearch")]
        done = subprocess.run(
            [*command, str(self.folder), str(self.port)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise DrillError(done.stderr)
        self.launcher = int((self.folder / "pid").read_text())

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it by its process ids; with SIGKILL it has no time to write anything."""
        both = [self.launcher, *_children(self.launcher)]
        for pid in both if number == signal.SIGKILL else both[:1]:
            _signal(pid, number)
        try:
            until(lambda: not any(_runs(pid) for pid in both), STOP_SECONDS * 2, "the server's end")
        except DrillError:
            for pid in both:
                _signal(pid, signal.SIGKILL)

    def freeze(self) -> None:
        """Let it accept connections and never answer."""
        servers = _children(self.launcher)
        if not servers:
            raise DrillError("The server is not there to be frozen.")
        for pid in servers:
            _signal(pid, signal.SIGSTOP)
        self.frozen = True

    def thaw(self) -> None:
        """Let it go on."""
        if self.frozen:
            for pid in _children(self.launcher):
                _signal(pid, signal.SIGCONT)
            self.frozen = False

    def ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """Send a request of the server's own interface."""
        request = urllib.request.Request(
            f"{self.url}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Basic {LOGIN}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return dict(json.loads(answer.read() or b"{}"))
        except urllib.error.HTTPError as problem:
            raise DrillError(f"{method} {path}: {problem.read().decode()[:500]}") from problem

    # Faults -------------------------------------------------------------------------------------
    def wipe(self) -> None:
        """Delete every index of the portal."""
        for name in self.ask("GET", "province-comuni-*?features=aliases"):
            self.ask("DELETE", f"{name}?ignore_unavailable=true")

    def set_read_only(self, blocked: bool) -> None:
        """Let nothing be written, or let everything again."""
        self._settings({"cluster.blocks.read_only": True if blocked else None})

    def fill_disk(self, full: bool) -> None:
        """Let the server take its disk for full, or no more; it looks every ten seconds."""
        marks: dict[str, Any] = {f"{DISK}.watermark.{name}": FULL[name] for name in FULL}
        marks[f"{DISK}.threshold_enabled"] = True
        marks["cluster.info.update.interval"] = "10s"
        # Without full disk the server takes the block away by itself only when it still looks.
        free = dict.fromkeys((f"{DISK}.watermark.{name}" for name in FULL), "1b")
        self._settings(marks if full else marks | free)
        until(lambda: self.flooded() is full, 60, "the server to look at its disk")

    def flooded(self) -> bool:
        """Tell whether the server has set the block of a full disk."""
        found = self.ask("GET", "province-comuni-*/_settings?flat_settings=true")
        block = "index.blocks.read_only_allow_delete"
        return any(one["settings"].get(block) == "true" for one in found.values())

    def filling(self) -> set[str]:
        """Return the indices of the generation that is filled, or was when the last one failed."""
        found = self.ask("GET", "_alias")
        return {
            name
            for name, index in found.items()
            if any(alias.endswith("-documents-next") for alias in index["aliases"])
        }

    def held(self) -> dict[str, list[str]]:
        """Return the audiences of all objects of the generation that answers, by their ids."""
        aliases = self.ask("GET", "_alias")
        active = [
            name
            for name, index in aliases.items()
            for alias in index["aliases"]
            if alias.endswith("-documents") and name.startswith("province-comuni-")
        ]
        found: dict[str, list[str]] = {}
        for name in active:
            self.ask("POST", f"{name}/_refresh")
            answer = self.ask(
                "POST", f"{name}/_search", {"size": MOST, "_source": ["id", "audience"]}
            )
            for hit in answer["hits"]["hits"]:
                found[hit["_source"]["id"]] = sorted(hit["_source"]["audience"])
        return found

    def _settings(self, changes: dict[str, Any]) -> None:
        self.ask("PUT", "_cluster/settings", {"persistent": changes})


def _children(pid: int) -> list[int]:
    """Return what any thread of a process has started."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for one in lists for child in one.read_text().split()]


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
