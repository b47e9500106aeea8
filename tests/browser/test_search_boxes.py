"""Suggestions by keyboard, and a search that is saved, deleted and taken back, in a browser."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import VisitorMaker
from tests.browser.test_accessibility import assert_clean


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_suggestions_by_keyboard(visitor: VisitorMaker, phone: bool) -> None:
    person = visitor(phone=phone)
    page = person.visit("/cerca/")
    box = page.locator("#q")
    box.press_sequentially("conv")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    assert_clean(person)
    box.press("ArrowUp")
    assert options.last.get_attribute("aria-selected") == "true"
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("aria-activedescendant") is None
    assert box.input_value() == "conv"
    box.press("Enter")
    page.wait_for_url("**/cerca/?q=conv*")
    box = page.locator("#q")
    box.fill("provincia di trev")
    page.get_by_role("option", name="Treviso Provincia").click()
    page.wait_for_url("**/cerca/?provincia=TV")


def test_the_box_of_the_header_and_no_script(visitor: VisitorMaker) -> None:
    person = visitor()
    page = person.visit("/")
    page.locator("#cerca-nel-portale").press_sequentially("verbale")
    page.get_by_role("option").first.wait_for()
    assert_clean(person)
    plain = visitor(javascript=False)
    page = plain.visit("/")
    page.fill("#cerca-nel-portale", "verbale")
    page.press("#cerca-nel-portale", "Enter")
    page.wait_for_url("**/cerca/?q=verbale")
    assert page.locator("#q").get_attribute("role") is None


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_search_is_saved_deleted_and_taken_back(visitor: VisitorMaker, javascript: bool) -> None:
    person = visitor("funzionario.bs@example.org", javascript=javascript)
    name = f"Servizi europei {'con' if javascript else 'senza'} script"
    anno = "2022" if javascript else "2021"
    page = person.visit(f"/cerca/?q=europa&rete=europa&anno={anno}")
    page.get_by_role("link", name="Avvisami dei nuovi risultati").click()
    page.wait_for_url("**/account/ricerche/nuova/**")
    page.fill("[name=name]", name)
    page.get_by_role("button", name="Salva la ricerca").click()
    page.wait_for_url("**/account/ricerche/")
    assert page.get_by_role("link", name=name, exact=True).count() == 1
    page.get_by_role("button", name=re.compile(f"Elimina {name}")).click()
    page.wait_for_url("**/account/ricerche/?eliminata=*")
    assert page.get_by_role("link", name=name, exact=True).count() == 0
    if javascript:
        assert_clean(person)
    page.get_by_role("button", name="Annulla l'eliminazione").click()
    page.wait_for_url("**/account/ricerche/")
    assert page.get_by_role("link", name=name, exact=True).count() == 1
