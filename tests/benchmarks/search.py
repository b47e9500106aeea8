"""The page of results on 2,500 documents of 50,000 pages, indexed by the product's rebuilding."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.library.models import Document
from search.engines import get_engine
from search.indexing import rebuild
from tests.benchmarks import corpus, library
from tests.benchmarks.engine import bytes_of
from tests.benchmarks.queries import QUERIES
from tests.benchmarks.report import Figure
from tests.benchmarks.timing import clock, one_by_one
from tests.factories.people import AffiliationFactory

DOCUMENTS = 2500
PAGES = f"{DOCUMENTS * corpus.PAGES_EACH:,} pages"
REBUILD_SECONDS = 60
ROUNDS = 4
BACKEND = "django.contrib.auth.backends.ModelBackend"


def filled() -> float:
    """Fill the library unless another part has, and return the seconds of a rebuilding."""
    if Document.objects.count() < DOCUMENTS:
        library.fill(DOCUMENTS)
    return clock(rebuild, lambda count: None)


def member() -> User:
    """Return somebody whose body shares documents with her."""
    person: User = AffiliationFactory().user
    return person


def page_of(client: Client, text: str) -> None:
    """Open a page of results."""
    answer = client.get("/cerca/", {"q": text})
    assert answer.status_code == 200, text
    assert b"risultat" in answer.content, text


def figures() -> list[Figure]:
    """Measure the rebuilding, then the page for a member and for several at once."""
    seconds = filled()
    indexed = get_engine().status().documents
    found = [
        Figure(
            f"rebuild of {PAGES}",
            f"≤ {REBUILD_SECONDS} s",
            f"{seconds:.1f} s",
            seconds <= REBUILD_SECONDS and indexed >= DOCUMENTS,
            f"{indexed:,} objects, read from the database",
        )
    ]
    if not settings.ELASTICSEARCH["url"]:
        size = bytes_of(settings.SEARCH_INDEX_DIR) / 1e6
        found.append(
            Figure(f"index after a rebuild of {PAGES}", "measured", f"{size:.0f} MB", True)
        )
    client = Client()
    client.force_login(member(), backend=BACKEND)
    times = one_by_one(partial(page_of, client), QUERIES, ROUNDS)
    found.append(
        Figure(
            f"page of results, {PAGES}",
            "p95 ≤ 120 ms",
            str(times),
            times.p95 <= 120,
            "a member, by the test client",
        )
    )
    with CaptureQueriesContext(connection) as asked:
        page_of(client, QUERIES[0])
    found.append(
        Figure(f"page of results, {PAGES}, queries", "≤ 25", str(len(asked)), len(asked) <= 25)
    )
    return found
