"""The database as the migrations make it: made once, kept, and copied from then on.

Migrating takes most of a minute on a slow machine, and every process of the suite would do it.
What is kept holds nothing else; with other migrations it is made anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection

KEPT = Path(settings.BASE_DIR) / "var"
PREFIX = "portal_migrated_"


class Migrated(Protocol):
    """The kept database."""

    @property
    def source(self) -> str:
        """What makes a database of it in SQL, empty where there is nothing to make it of."""

    def exists(self) -> bool:
        """Tell whether it was made already."""

    def announce(self) -> None:
        """Before Django makes the test database: have it made of this."""

    def fill(self) -> None:
        """After Django has made the test database: let it hold what this holds."""

    def keep(self) -> None:
        """Make it of the test database, just migrated, in place of those of other migrations."""

    def copy_into(self, folder: Path) -> None:
        """Copy it, where it is a file, to where a portal has its database."""


class MigratedFile:
    """For SQLite: a file."""

    source = ""

    def __init__(self, version: str) -> None:
        self.path = KEPT / f"{PREFIX}{version}.sqlite3"

    def exists(self) -> bool:
        """Tell whether it was made already."""
        return self.path.exists()

    def announce(self) -> None:
        """A file is copied when there is a database to copy it to."""

    def fill(self) -> None:
        """Copy it over the test database."""
        connection.ensure_connection()
        with closing(sqlite3.connect(self.path)) as kept:
            kept.backup(connection.connection)

    def keep(self) -> None:
        """Make it of the test database, just migrated, in place of those of other migrations."""
        fresh = self.path.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(fresh)) as copy:
            connection.connection.backup(copy)
        for old in KEPT.glob(f"{PREFIX}*.sqlite3"):
            old.unlink()
        fresh.rename(self.path)

    def copy_into(self, folder: Path) -> None:
        """Copy it to where a portal has its database."""
        if self.exists():
            shutil.copyfile(self.path, folder / "db.sqlite3")


class MigratedOnServer:
    """For PostgreSQL: a database of the same server."""

    def __init__(self, version: str) -> None:
        self.name = f"{PREFIX}{version}"

    @property
    def source(self) -> str:
        """What makes a database of it in SQL, empty where there is nothing to make it of."""
        return f"TEMPLATE {self.name}" if self.exists() else ""

    def exists(self) -> bool:
        """Tell whether it was made already."""
        with self._server() as server:
            return self.name in self._all(server)

    def announce(self) -> None:
        """Have the test database made of this."""
        connection.settings_dict["TEST"]["TEMPLATE"] = self.name

    def fill(self) -> None:
        """The test database was made of it."""

    def keep(self) -> None:
        """Make it of the test database, just migrated, in place of those of other migrations."""
        source = connection.settings_dict["NAME"]
        connection.close()
        connection.close_pool()
        with self._server() as server:
            for old in self._all(server):
                server.execute(f"DROP DATABASE IF EXISTS {old} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {self.name} TEMPLATE {source}")

    def copy_into(self, folder: Path) -> None:
        """There is no file."""

    def _server(self) -> psycopg.Connection[Any]:
        return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    def _all(self, server: psycopg.Connection[Any]) -> list[str]:
        named = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        return [str(row[0]) for row in server.execute(named, [PREFIX])]


def migrated() -> Migrated:
    """Return the kept database of the present migrations, for the configured kind of database."""
    make = MigratedOnServer if connection.vendor == "postgresql" else MigratedFile
    return make(_version())


def _version() -> str:
    digest = hashlib.blake2b(digest_size=8)
    for application in sorted(apps.get_app_configs(), key=lambda one: one.label):
        for path in sorted(Path(application.path, "migrations").glob("*.py")):
            digest.update(f"{application.label}/{path.name}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


@contextmanager
def migrated_once() -> Iterator[None]:
    """Let the test database that Django makes meanwhile be a copy of the kept one, or be kept.

    One process at a time.
    """
    kept = migrated()
    KEPT.mkdir(exist_ok=True)
    with (KEPT / f"{PREFIX}lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            connection.settings_dict["TEST"]["MIGRATE"] = False
            kept.announce()
            yield
            kept.fill()
        else:
            yield
            kept.keep()
