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
    configured = os.environ.get("DATABASE_URL", "")
    if not _is_server(configured):
        return ""
    return urlunsplit(urlsplit(configured)._replace(path=f"/{name}"))


@contextmanager
def own(name: str, source: str = "") -> Iterator[str]:
    """Make a database, give its address and drop it; ``source`` is what it is made of, in SQL."""
    # Kept for the end: meanwhile DATABASE_URL may name the database itself.
    configured = os.environ.get("DATABASE_URL", "")
    make(name, source)
    try:
        yield address_of(name)
    finally:
        drop(name, configured)


def make(name: str, source: str = "") -> None:
    """Make a database in place of the one that an interrupted run may have left."""
    configured = os.environ.get("DATABASE_URL", "")
    drop(name, configured)
    _tell(configured, f"CREATE DATABASE {name} {source}")


def drop(name: str, server: str = "") -> None:
    """Drop a database, whoever uses it, from the server of an address or the configured one."""
    where = server or os.environ.get("DATABASE_URL", "")
    _tell(where, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _tell(server: str, statement: str) -> None:
    if _is_server(server):
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(statement)


def _is_server(address: str) -> bool:
    return urlsplit(address).scheme.startswith("postgres")
