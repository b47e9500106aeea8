"""`make run` explains in one sentence why it cannot start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from portal.core.management.commands.run import Command
from portal.organisations.models import Organisation

ROOT = Path(__file__).resolve().parent.parent.parent


def run(data: Path, *arguments: str, database: str = "") -> subprocess.CompletedProcess[str]:
    """Start the portal's command with data of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    return subprocess.run(
        [sys.executable, "manage.py", "run", *arguments],
        cwd=ROOT,
        env={**kept, "PORTAL_DATA_DIR": str(data), "DATABASE_URL": database},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def assert_refused(result: subprocess.CompletedProcess[str], words: str) -> None:
    """Assert one sentence and a failure."""
    assert result.returncode != 0
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_port_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert_refused(run(tmp_path, "--port", port), "occupata")


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_port_that_is_none(tmp_path: Path, port: str) -> None:
    assert_refused(run(tmp_path, "--port", port), "non è una porta")


def test_data_that_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "un-file"
    file.write_text("")
    assert_refused(run(file / "dati", "--no-start"), "non si possono scrivere")


def test_a_database_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "db.sqlite3").write_text("Questa non è una base dati. " * 100)
    assert_refused(run(tmp_path, "--no-start"), "La base dati non si può usare")


def test_a_database_server_that_is_away(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        away = f"postgresql://portal@127.0.0.1:{silent.getsockname()[1]}/portal"
        result = run(tmp_path, "--no-start", database=away)
    assert_refused(result, "La base dati non si può usare")


def test_python_too_old(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\necho 3.9\nexit 1\n")
    old.chmod(0o755)
    result = subprocess.run(
        [
            "sh",
            "requirements/prepare.sh",
            str(old),
            str(tmp_path / "venv"),
            "requirements/base.txt",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert "3.11" in result.stdout + result.stderr
    assert not (tmp_path / "venv").exists()


@pytest.mark.django_db
def test_a_first_start_that_was_interrupted_is_brought_to_its_end(settings: Any) -> None:
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "portal_cache"}}
    Organisation.objects.filter(sigla="BL").delete()
    assert "portal_cache" not in connection.introspection.table_names()
    Command().make_tables(unfinished=False)
    assert not Organisation.objects.filter(sigla="BL").exists()
    Command().make_tables(unfinished=True)
    assert "portal_cache" in connection.introspection.table_names()
    assert Organisation.objects.provinces().filter(sigla="BL").exists()
