"""Where the benchmarks keep their data: away from what the settings name, and gone at the end."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def own_data() -> Iterator[None]:
    """Set the portal to a folder, a database and indices of its own, before Django starts.

    With DATABASE_URL the database is a new one on that server, with ELASTICSEARCH_URL the
    indices have a prefix of their own.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.development"
    os.environ["ELASTICSEARCH_PREFIX"] = f"bench-{os.getpid()}"
    with (
        tempfile.TemporaryDirectory(prefix="portal-bench-") as data,
        _own_database(os.environ.get("DATABASE_URL", "")) as url,
    ):
        os.environ.update(PORTAL_DATA_DIR=data, DATABASE_URL=url)
        yield
        _leave()


def name() -> str:
    """Return the database and the engine of this run, an empty string for the defaults."""
    database = "PostgreSQL" if os.environ["DATABASE_URL"] else "SQLite"
    engine = "Elasticsearch" if os.environ.get("ELASTICSEARCH_URL") else "embedded engine"
    return "" if (database, engine) == ("SQLite", "embedded engine") else f"{database}, {engine}"


@contextmanager
def _own_database(url: str) -> Iterator[str]:
    if not url:
        yield ""
        return
    import psycopg
    from psycopg.sql import SQL, Identifier

    database = Identifier(f"portal_bench_{os.getpid()}")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(database))
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/portal_bench_{os.getpid()}"))
        finally:
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(database))


def _leave() -> None:
    """Let go of the database and delete the indices."""
    from django.db import connection

    from tests.search.engines import delete_indices

    connection.close()
    delete_indices()
