"""The same questions asked of our engines, of PostgreSQL and of Wagtail's own search, in one run.

The rivals are asked for less than ours: a total and a page of ten of what the reader may see.
Ours count eleven facets, choose the best pages and look for misspelt words too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from portal.library.models import Document, DocumentPage
from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from tests.benchmarks import corpus, library
from tests.benchmarks.engine import rebuilt
from tests.benchmarks.queries import AUDIENCE, QUERIES, ask_engine
from tests.benchmarks.report import Figure
from tests.benchmarks.timing import clock, one_by_one

DOCUMENTS = 2500
PAGE_SIZE = 10
ROUNDS = 6
# Words that must all be there: the rivals know no operators, fields, questions and slips.
PLAIN = QUERIES[:3] + QUERIES[5:8]
LESS = "a total and a page of ten, by audience"


def figures() -> list[Figure]:
    """Measure one after the other; PostgreSQL and Elasticsearch where they are configured."""
    if Document.objects.count() < DOCUMENTS:
        library.fill(DOCUMENTS)
    found = [_embedded()]
    if settings.ELASTICSEARCH["url"]:
        found.append(_elasticsearch())
    if connection.vendor == "postgresql":
        found.append(_postgresql())
    return [*found, _wagtail()]


def _figure(name: str, work: Callable[[str], int], seconds: float, note: str) -> Figure:
    """Time a search that returns how many objects it found."""
    times = one_by_one(work, PLAIN, ROUNDS)
    found = [work(text) for text in PLAIN]
    assert sum(map(bool, found)) > len(PLAIN) // 2, (name, found)
    pages = f"{DOCUMENTS * corpus.PAGES_EACH:,} pages"
    return Figure(
        f"same questions, {pages}: {name}",
        "beside the others",
        str(times),
        True,
        f"{note}; indexed in {seconds:.0f} s",
    )


def _total(engine: Engine, text: str) -> int:
    return ask_engine(engine, text).outcome.total


def _embedded() -> Figure:
    with tempfile.TemporaryDirectory(prefix="portal-bench-index-") as folder:
        engine = EmbeddedEngine(Path(folder))
        seconds = rebuilt(engine, DOCUMENTS)
        work = partial(_total, engine)
        return _figure("embedded engine", work, seconds, "with facets, best pages, spelling")


def _elasticsearch() -> Figure:
    from search.engines.elasticsearch import ElasticsearchEngine

    prefix = f"{settings.ELASTICSEARCH['prefix']}-rivals"
    engine = ElasticsearchEngine(**{**settings.ELASTICSEARCH, "prefix": prefix, "timeout": 60})
    try:
        seconds = rebuilt(engine, DOCUMENTS)
        work = partial(_total, engine)
        return _figure("Elasticsearch", work, seconds, "with facets, best pages, spelling")
    finally:
        engine.generations.delete_all()


def _postgresql() -> Figure:
    """Measure PostgreSQL's full-text search as its manual advises: a stored vector and a GIN."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE rival (id bigint PRIMARY KEY, audience text, day date, title text,"
            " body text, vector tsvector GENERATED ALWAYS AS ("
            " setweight(to_tsvector('italian', title), 'A') || to_tsvector('italian', body)"
            ") STORED)"
        )

        def fill() -> None:
            for first in range(0, DOCUMENTS, 100):
                texts = [corpus.text(number) for number in range(first, first + 100)]
                cursor.executemany(
                    "INSERT INTO rival (id, audience, day, title, body)"
                    " VALUES (%s, %s, %s, %s, %s)",
                    [
                        (one.number, one.audience, one.day, one.title, "\n".join(one.pages))
                        for one in texts
                    ],
                )
            cursor.execute("CREATE INDEX rival_vector ON rival USING gin (vector)")
            cursor.execute("CREATE INDEX rival_audience ON rival (audience)")
            cursor.execute("ANALYZE rival")

        seconds = clock(fill)

        def ask(text: str) -> int:
            cursor.execute(
                "SELECT id, ts_rank(vector, query) AS rank, count(*) OVER ()"
                " FROM rival, websearch_to_tsquery('italian', %s) query"
                " WHERE vector @@ query AND audience = ANY(%s)"
                " ORDER BY rank DESC, day DESC LIMIT %s",
                [text, sorted(AUDIENCE), PAGE_SIZE],
            )
            rows = cursor.fetchall()
            return int(rows[0][2]) if rows else 0

        return _figure("PostgreSQL, ts_rank", ask, seconds, LESS)


@contextmanager
def _with_text() -> Iterator[None]:
    """Let Wagtail index what the files say and filter by audience, which the portal does not."""
    fields = Document.search_fields
    Document.search_fields = (
        *fields,
        index.SearchField("whole_text"),
        index.FilterField("audience"),
    )
    Document.whole_text = property(_whole_text)
    try:
        yield
    finally:
        Document.search_fields = fields
        del Document.whole_text


def _whole_text(document: Document) -> str:
    pages = DocumentPage.objects.filter(version=document.current_version_id).order_by("number")
    return "\n".join(pages.values_list("text", flat=True))


def _wagtail() -> Figure:
    """Measure Wagtail's back end on this database, given the whole text of the documents."""
    with _with_text():
        backend = get_search_backend()
        documents = list(Document.objects.select_related("current_version"))
        entries = backend.get_index_for_model(Document)

        def fill() -> None:
            for first in range(0, len(documents), 100):
                entries.add_items(Document, documents[first : first + 100])

        seconds = clock(fill)

        def ask(text: str) -> int:
            readable = Document.objects.filter(audience__in=AUDIENCE)
            results = backend.search(text, readable, operator="and")
            list(results[:PAGE_SIZE])
            return int(results.count())

        return _figure(f"Wagtail on {connection.vendor}", ask, seconds, LESS)
