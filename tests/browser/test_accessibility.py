"""Every kind of page, wide and on a phone: axe, console, overflow."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe

from tests.browser.conftest import Visitor, VisitorMaker

PUBLIC = [
    "/",
    "/reti/",
    "/reti/sua/",
    "/reti/sua/modello-sua/",
    "/reti/sua/elenco-commissari/",
    "/il-progetto/",
    "/il-progetto/attivita/",
    "/privacy/",
    "/mappa-del-sito/",
    "/biblioteca/",
    "/biblioteca/?tipo=modello&formato=pdf",
    "/cerca/",
    "/cerca/?q=SUA+convenzione+comuni",
    "/cerca/?q=parolachenonesiste",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/stile/",
    "/una-pagina-che-non-esiste/",
]
OPTIONS: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def assert_clean(person: Visitor) -> None:
    """Assert that the open page has no violation, complaint or sideways scroll."""
    found = Axe().run(person.page, options=OPTIONS)["violations"]
    short = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]
    assert not found, json.dumps(short, indent=1)
    assert person.complaints == []
    assert person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert person.page.locator("h1").count() == 1


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_page(visitor: VisitorMaker, path: str, phone: bool) -> None:
    person = visitor(phone=phone)
    person.visit(path)
    assert_clean(person)
