"""The portal's own processes, started as `make run` starts them."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, RemoteDisconnected
from pathlib import Path
from threading import local

from django.conf import settings

from portal.core.management.commands.run import children
from tests.benchmarks.memory import watched

START_SECONDS = 90
STOP_SECONDS = 20


class Portal:
    """Web and worker that answer on this machine, and the most memory each of them took."""

    def __init__(self, port: int, peaks: dict[str, int]) -> None:
        self.port = port
        self.peaks = peaks
        self.cookie = ""
        self._own = local()

    def get(self, path: str) -> tuple[int, bytes]:
        """Return the status and the body of an answer; each thread keeps its connection."""
        try:
            return self._get(path)
        except RemoteDisconnected:
            # The server closes what nobody used for a while.
            return self._get(path)

    def _get(self, path: str) -> tuple[int, bytes]:
        connection = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        try:
            connection.request("GET", path, headers=headers)
            answer: HTTPResponse = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, HTTPException):
            self._own.connection = None
            raise


@contextmanager
def portal() -> Iterator[Portal]:
    """Start web and worker, wait until the portal answers, and stop both at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    started: dict[str, subprocess.Popen[bytes]] = {}
    with (Path(settings.DATA_DIR) / "processes.log").open("wb") as log:
        try:
            for child in children(port):
                started[child.name] = subprocess.Popen(
                    child.command, cwd=settings.BASE_DIR, stdout=log, stderr=log
                )
            with watched({process.pid: name for name, process in started.items()}) as peaks:
                answering = Portal(port, peaks)
                _wait(answering, started)
                yield answering
        finally:
            for process in started.values():
                process.terminate()
            for process in started.values():
                with suppress(subprocess.TimeoutExpired):
                    process.wait(STOP_SECONDS)
                process.kill()
                process.wait()


def _wait(answering: Portal, started: dict[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        for name, process in started.items():
            assert process.poll() is None, f"{name} ended with {process.returncode}"
        with suppress(OSError):
            if answering.get("/livez")[0] == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"The portal did not answer within {START_SECONDS} seconds.")
