"""Databases of their own on the server that DATABASE_URL names, for processes besides the suite's.

Where it names none, each portal has a file in its folder, and there is nothing to make or drop.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg


def address_of(name: str) -> str:
    """Return the address of a database on the configured server, empty where there is none."""
    configured = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not configured.scheme.startswith("postgres"):
        return ""
    return urlunsplit(configured._replace(path=f"/{name}"))


@contextmanager
def own(name: str, source: str = "") -> Iterator[str]:
    """Make a database, give its address and drop it; ``source`` is what it is made of, in SQL."""
    make(name, source)
    try:
        yield address_of(name)
    finally:
        drop(name)


def make(name: str, source: str = "") -> None:
    """Make a database in place of the one that an interrupted run may have left."""
    drop(name)
    _tell(f"CREATE DATABASE {name} {source}")


def drop(name: str) -> None:
    """Drop a database, whoever uses it."""
    _tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _tell(statement: str) -> None:
    if address_of(""):
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(statement)
