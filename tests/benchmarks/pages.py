"""Queries and speed of the pages that visitors open, on the demonstration content."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from tests.benchmarks.report import Figure

PUBLIC = ["/reti/sua/modello-sua/", "/il-progetto/attivita/", "/notizie/modello-sua-in-arrivo/"]
LISTS = ["/biblioteca/", "/notizie/", "/eventi/?quando=passati", "/cerca/?q=convenzione"]
ROUNDS = 60
ROUTING = (
    "site, home, page (2), pages above, their restrictions, the reader's restrictions, settings, "
    "menu, network, topics make 11 on any page; documents of the library add 3, the kit of a model "
    "2, the database cache 1 (none with Redis)"
)
CACHE = "one is the database cache's (Wagtail's root paths); none with Redis"


def queries(path: str) -> int:
    """Return how many queries a warm page asks."""
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200, path
    return len(asked)


def rate(work: object) -> float:
    """Return how many times a second a piece of work is done by one process."""
    begun = time.perf_counter()
    for _ in range(ROUNDS):
        work()  # type: ignore[operator]
    return ROUNDS / (time.perf_counter() - begun)


def minimal(request: HttpRequest) -> HttpResponse:
    """Answer with a page found as Wagtail finds it and a template of one line."""
    site = Site.find_for_request(request)
    assert site is not None
    page = Page.objects.live().descendant_of(site.root_page).first()
    template = engines["django"].from_string("<h1>{{ page.title }}</h1>")
    return HttpResponse(template.render({"page": page.specific}))


def weight(path: str) -> int:
    """Return the compressed bytes of a first visit, pictures left out."""
    html = Client().get(path).content
    text = html.decode()
    names = set(re.findall(r'(?:href|src)="/static/([^"#]+\.(?:css|js|woff2))"', text))
    total = len(gzip.compress(html))
    for name in names:
        data = (Path(settings.BASE_DIR) / "portal" / "static" / name).read_bytes()
        total += len(data) if name.endswith("woff2") else len(gzip.compress(data))
    return total


def figures() -> list[Figure]:
    """Measure queries, speed against a minimal page, and weight."""
    found = []
    worst = max(queries(path) for path in PUBLIC)
    found.append(Figure("public page, queries", "≤ 10", str(worst), worst <= 10, ROUTING))
    home = queries("/")
    found.append(Figure("home, queries", "≤ 12", str(home), home <= 12, CACHE))
    for path in LISTS:
        count = queries(path)
        found.append(
            Figure(f"`{path}`, queries", "constant", str(count), True, "tests: 2 and 20 rows")
        )
    client, factory = Client(), RequestFactory()
    own = rate(lambda: client.get(PUBLIC[0]))
    base = rate(lambda: minimal(factory.get("/", headers={"host": "localhost"})))
    found.append(
        Figure(
            "public page, one process, uncached",
            "beside a minimal page",
            f"{own:.0f}/s, minimal {base:.0f}/s, ratio {base / own:.1f}×",
            True,
            f"p50 {1000 / own:.0f} ms by the test client",
        )
    )
    for path in ("/", PUBLIC[0]):
        size = weight(path)
        found.append(
            Figure(f"first load of `{path}`", "≤ 200 kB", f"{size / 1000:.0f} kB", size <= 200_000)
        )
    return found
