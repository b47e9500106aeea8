"""Where the benchmarks keep their data: away from what the settings name, and gone at the end."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests import databases


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
        databases.own(f"portal_bench_{os.getpid()}") as url,
    ):
        os.environ.update(PORTAL_DATA_DIR=data, DATABASE_URL=url)
        yield
        _leave()


def name() -> str:
    """Return the database and the engine of this run, an empty string for the defaults."""
    database = "PostgreSQL" if os.environ["DATABASE_URL"] else "SQLite"
    engine = "Elasticsearch" if os.environ.get("ELASTICSEARCH_URL") else "embedded engine"
    return "" if (database, engine) == ("SQLite", "embedded engine") else f"{database}, {engine}"


def _leave() -> None:
    """Let go of the database and delete the indices."""
    from django.db import connection

    from tests.search.engines import delete_indices

    connection.close()
    delete_indices()
