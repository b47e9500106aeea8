"""Every kind of page, wide and on a phone: axe, console, overflow."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, Visitor, VisitorMaker

pytestmark = pytest.mark.standalone

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
    "/notizie/",
    "/notizie/?rete=sua",
    "/notizie/?dal=ieri",
    "/notizie/modello-sua-in-arrivo/",
    "/eventi/",
    "/eventi/mese/2022/5/",
    "/osservatorio/province/",
    "/comunita/",
    "/comunita/sua/",
    "/formazione/",
    "/formazione/?rete=europa",
    "/formazione/usare-la-piattaforma/",
    "/attestati/?codice=sbagliato",
    "/attestati/00000000000000000000000000000000/",
    "/biblioteca/",
    "/biblioteca/?tipo=modello&formato=pdf",
    "/biblioteca/?stato=archiviati",
    "/biblioteca/raccolte/",
    "/biblioteca/raccolte/kit-sua/",
    "/cerca/",
    "/cerca/?q=SUA+convenzione+comuni",
    "/cerca/?q=parolachenonesiste",
    "/cerca/?q=calendario+bandi",
    "/cerca/?q=calendario+bandi&stato=archiviati",
    "/cerca/aiuto/",
    "/cerca/avanzata/",
    "/cerca/avanzata/?cerca=1&anno=nessuno",
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


def violations(person: Visitor) -> list[dict[str, Any]]:
    """Return what axe-core finds in the open page, once all of it has come."""
    person.page.wait_for_load_state()
    found: list[dict[str, Any]] = Axe().run(person.page, options=OPTIONS)["violations"]
    return found


def assert_clean(person: Visitor) -> None:
    """Assert that the open page has no violation, complaint or sideways scroll."""
    found = violations(person)
    short = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]
    assert not found, json.dumps(short, indent=1)
    assert person.complaints == []
    assert person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert person.page.locator("h1").count() == 1


def assert_clean_at_any_width(person: Visitor) -> None:
    """Assert the same of the open page as it is and on a screen as narrow as a phone's."""
    assert_clean(person)
    person.page.set_viewport_size(PHONE)
    assert_clean(person)
    person.page.set_viewport_size(WIDE)


@pytest.mark.parametrize("path", PUBLIC)
def test_public_page(visitor: VisitorMaker, path: str) -> None:
    person = visitor()
    person.visit(path)
    assert_clean_at_any_width(person)


SIGNED_IN = [
    ("funzionario.tv@example.org", "/account/"),
    ("funzionario.tv@example.org", "/account/profilo/"),
    ("funzionario.tv@example.org", "/account/affiliazioni/nuova/"),
    ("funzionario.tv@example.org", "/account/email/"),
    ("funzionario.tv@example.org", "/account/password/change/"),
    ("funzionario.tv@example.org", "/account/2fa/"),
    ("funzionario.tv@example.org", "/account/sessions/"),
    ("funzionario.tv@example.org", "/account/ricerche/nuova/?q=verbale&rete=europa"),
    ("funzionario.tv@example.org", "/account/ricerche/"),
    ("funzionario.tv@example.org", "/biblioteca/carica/"),
    ("funzionario.tv@example.org", "/biblioteca/miei/"),
    ("funzionario.tv@example.org", "/biblioteca/proposte/"),
    ("funzionario.tv@example.org", "/biblioteca/cestino/"),
    ("funzionario.tv@example.org", "/biblioteca/carica/piu-file/"),
    ("funzionario.tv@example.org", "/biblioteca/raccolte/nuova/"),
    ("redazione@example.org", "/biblioteca/raccolte/kit-sua/documenti/?q=schema"),
    ("referente.tv@example.org", "/account/richieste/"),
    ("funzionario.tv@example.org", "/formazione/i-miei-corsi/"),
    ("formazione@example.org", "/formazione/i-miei-corsi/"),
    ("formazione@example.org", "/formazione/edizioni/1/registro/"),
    ("formazione@example.org", "/formazione/edizioni/2/modifica/"),
    ("formazione@example.org", "/formazione/edizioni/2/nuovo-incontro/"),
    ("docente@example.org", "/formazione/edizioni/1/incontri/1/presenze/"),
    ("redazione@example.org", "/biblioteca/proposte/"),
]


def test_pages_of_people(visitor: VisitorMaker) -> None:
    people: dict[str, Visitor] = {}
    for email, path in SIGNED_IN:
        person = people.get(email) or visitor(email)
        people[email] = person
        person.visit(path)
        assert_clean_at_any_width(person)


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_the_opinion_on_a_page(visitor: VisitorMaker, phone: bool) -> None:
    person = visitor(phone=phone, javascript=not phone)
    page = person.visit("/il-progetto/")
    page.get_by_role("button", name="Voto 2 su 5").click()
    page.wait_for_url("**/opinioni/**")
    expect(page.locator("[name=rating][value='2']")).to_be_checked()
    if not phone:
        assert_clean(person)
    page.get_by_role("button", name="Invia").click()
    page.wait_for_url("**/grazie/")
    expect(page.locator("h1")).to_contain_text("Grazie")


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_a_document_and_its_reader(visitor: VisitorMaker, phone: bool) -> None:
    person = visitor(phone=phone)
    page = person.visit("/biblioteca/?formato=pdf")
    page.locator(".result__title a").first.click()
    page.wait_for_url("**/biblioteca/*/")
    assert_clean(person)
    page.get_by_role("link", name="Leggi", exact=True).click()
    page.wait_for_url("**/pagina/1/")
    assert_clean(person)
