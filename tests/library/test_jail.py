"""What the child that reads a file may not do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.library.extraction import FileFormat, Limits, extract

pytestmark = pytest.mark.standalone

LOCKED = """
from portal.library.extraction import jail
jail.lock(256 * 1024 * 1024, 2)
"""
ROOT = Path(__file__).resolve().parent.parent.parent


def locked(code: str) -> subprocess.CompletedProcess[str]:
    """Run code after the lock that the child puts on itself."""
    return subprocess.run(
        [sys.executable, "-c", LOCKED + code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_no_memory_beyond_the_limit() -> None:
    assert "MemoryError" in locked("bytearray(600 * 1024 * 1024)").stderr


def test_no_endless_work() -> None:
    assert locked("\nwhile True: pass").returncode != 0


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
        "import socket; socket.getaddrinfo('localhost', 80); socket.socket().connect(('::1', 9))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_no_network(code: str) -> None:
    ended = locked(code)
    assert ended.returncode != 0
    assert "PermissionError: socket." in ended.stderr
    assert "ConnectionRefusedError" not in ended.stderr, "the connection was tried"


def test_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []
    started = subprocess.Popen

    def watched(*arguments: object, **options: object) -> object:
        seen.append(dict(options["env"]))  # type: ignore[call-overload]
        return started(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setenv("SECRET_KEY", "segreta")
    monkeypatch.setattr(subprocess, "Popen", watched)
    (tmp_path / "a.txt").write_text("Testo")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    limits = Limits(10, 100, 1_000_000, 256 * 1024 * 1024, 10)
    assert extract(tmp_path / "a.txt", FileFormat.TXT, limits, scratch).pages
    assert seen
    assert all("SECRET_KEY" not in environment for environment in seen)
    assert "SECRET_KEY" in os.environ
