"""The screens of /gestione/ on library and search, wide and on a phone: axe and the console."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor, VisitorMaker
from tests.browser.test_accessibility import violations

EDITOR = "redazione@example.org"
PATHS = [
    "/gestione/documents/",
    "/gestione/documents/multiple/add/",
    "/gestione/ricerca/indice/",
    "/gestione/ricerca/fatte/",
    "/gestione/ricerca/registro/",
    "/gestione/sinonimi/",
    "/gestione/sinonimi/new/",
]


# Wagtail's list without results has a heading with a role, and one of the third level at once.
EMPTY = frozenset({"aria-allowed-role", "heading-order"})


def assert_clean(person: Visitor, besides: frozenset[str] = frozenset()) -> None:
    """Assert that the open screen has no violation, some rules left out, and no complaint."""
    found = [one for one in violations(person) if one["id"] not in besides]
    short = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]
    assert not found, json.dumps(short, indent=1)
    assert person.complaints == []
    assert person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_the_screens_of_library_and_search(visitor: VisitorMaker, phone: bool) -> None:
    visitor().visit("/cerca/?q=parolachenonesiste")
    person = visitor(EDITOR, phone=phone)
    for path in PATHS:
        person.visit(path)
        assert_clean(person)
    page = person.visit("/gestione/ricerca/fatte/")
    row = page.get_by_role("row", name="parolachenonesiste")
    row.get_by_role("link", name="crea sinonimo").click()
    expect(page.get_by_role("textbox", name="Parola o sigla")).to_have_value("parolachenonesiste")
    person.visit("/gestione/documents/?q=parolachenonesiste")
    assert_clean(person, EMPTY)
    page = person.visit("/gestione/documents/")
    edit = page.locator("a[href*='/gestione/documents/edit/']").first.get_attribute("href")
    number = re.search(r"edit/(\d+)/", edit or "")
    assert number
    for verb in ("edit", "usage", "delete"):
        person.visit(f"/gestione/documents/{verb}/{number[1]}/")
        assert_clean(person)


def test_fields_that_wagtail_leaves_bare_have_a_name(visitor: VisitorMaker) -> None:
    page = visitor(EDITOR).visit("/gestione/documents/multiple/add/")
    assert page.get_by_label("Oppure sceglilo dal tuo computer").get_attribute("type") == "file"
    page.goto(page.url.replace("multiple/add/", ""))
    page.locator("a[href*='/gestione/documents/edit/']").first.click()
    page.wait_for_url("**/edit/**")
    assert page.locator(".tagit-new input").get_attribute("aria-label") == "Parole chiave"
