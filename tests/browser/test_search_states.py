"""The states of the search: filters chosen in place, awaited, without an answer; no engine."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import test_administration
from tests.browser.conftest import (
    ROOT,
    START_SECONDS,
    Portal,
    VisitorMaker,
    answers,
    environment_of,
    free_port,
)
from tests.browser.test_accessibility import assert_clean, assert_clean_at_any_width

SEARCH = "/cerca/?q=comuni"


@pytest.fixture
def without_engine(portal: Portal) -> Iterator[str]:
    """Another web process of the running portal, which finds nobody where its engine should be."""
    url = f"http://127.0.0.1:{free_port()}"
    environment = environment_of(portal.url, portal.data)
    environment["ELASTICSEARCH_URL"] = f"http://127.0.0.1:{free_port()}"
    server = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--threads", "4", "--bind"]
    process = subprocess.Popen([*server, url.rpartition("/")[2]], cwd=ROOT, env=environment)
    try:
        end = time.monotonic() + START_SECONDS
        while not answers(url):
            assert process.poll() is None, "the web process ended"
            assert time.monotonic() < end, "the web process did not start"
            time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def test_without_the_engine(visitor: VisitorMaker, without_engine: str) -> None:
    person = visitor(test_administration.EDITOR)
    page = person.page
    page.goto(f"{without_engine}/cerca/?q=convenzione")
    assert "Ricerca ridotta" in page.inner_text("main")
    assert page.locator(".result h3 a").count()
    assert_clean_at_any_width(person)
    page.goto(f"{without_engine}/cerca/?q=parolachenonesiste")
    assert_clean_at_any_width(person)
    page.goto(f"{without_engine}/gestione/ricerca/indice/")
    assert "non risponde" in page.inner_text("main")
    test_administration.assert_clean(person)


def counted(page: Page) -> str:
    """Return how many results the page says there are."""
    return page.locator("[data-count]").inner_text()


def test_filters_by_keyboard(visitor: VisitorMaker) -> None:
    person = visitor()
    page = person.visit(SEARCH)
    before = counted(page)
    more = page.locator("details.facets details summary").first
    more.press("Enter")
    box = page.locator("details.facets details[open] input").first
    chosen = box.get_attribute("id")
    box.press("Space")
    page.wait_for_url(re.compile(r"/cerca/\?q=comuni&\w+="))
    said = page.locator("[data-announce]")
    said.filter(has_text=re.compile(r"\d risultat")).wait_for(state="attached")
    assert page.evaluate("document.activeElement.id") == chosen
    assert said.inner_text() == counted(page) != before
    assert page.locator("#filtri").get_attribute("open") is not None
    expect(page.locator(".chip--filter")).to_have_count(1)
    assert_clean_at_any_width(person)
    page.locator("#filtri[open]").wait_for()  # closed where the page is narrow
    page.locator(f"[id='{chosen}']").press("Space")
    page.wait_for_url(re.compile(r"/cerca/\?q=comuni$"))
    page.locator(".chip--filter").wait_for(state="detached")
    assert counted(page) == before
    assert page.locator("#filtri").get_attribute("open") is not None
    page.go_back()
    page.locator(".chip--filter").wait_for()


def test_filters_that_are_awaited_and_not_answered(visitor: VisitorMaker) -> None:
    person = visitor()
    page = person.visit(SEARCH)
    held: list[Route] = []
    page.route("**/cerca/?*", lambda route: held.append(route))
    page.locator(".facet input").first.check()
    page.locator("#ricerca.htmx-request").wait_for()
    assert "Aggiornamento" in page.locator("[data-announce]").inner_text()
    assert_clean(person)
    held[0].abort()
    page.locator("[data-failed]").wait_for()
    assert any("sendError" in complaint for complaint in person.complaints)
    person.complaints.clear()
    assert_clean_at_any_width(person)
    page.unroute("**/cerca/?*")
    page.get_by_role("button", name="Riprova").click()
    page.wait_for_url(re.compile(r"/cerca/\?q=comuni&\w+="))
    expect(page.locator(".chip--filter")).to_have_count(1)
    expect(page.locator("[data-failed]")).to_be_hidden()
