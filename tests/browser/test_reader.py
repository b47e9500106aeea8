"""The reader as people use it: keys, links without JavaScript, a phone, and the norms."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor, VisitorMaker
from tests.browser.test_accessibility import assert_clean

PLAN = "Piano di riassetto organizzativo della Provincia di Potenza"
QUERY = "?q=convenzione+comuni+provincia"


def open_plan(person: Visitor, tail: str = "") -> str:
    """Open the third page of a PDF of the demonstration and return its address."""
    page = person.visit("/biblioteca/?q=" + PLAN.replace(" ", "+"))
    page.get_by_role("link", name=PLAN).first.click()
    page.wait_for_url(re.compile(r"/biblioteca/\d+/$"))
    base = page.url.removeprefix(person.portal.url)
    person.visit(f"{base}pagina/3/{tail}")
    return base


@pytest.mark.parametrize("phone", [False, True])
def test_the_states_of_the_reader_are_clean(visitor: VisitorMaker, phone: bool) -> None:
    person = visitor(phone=phone)
    base = open_plan(person, QUERY)
    assert person.page.locator(".sheet-marks rect").count() > 3
    assert_clean(person)
    sheet = person.page.locator(".sheet")
    assert sheet.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
    for tail in (
        "pagina/3/?zoom=200&q=comuni",
        "pagina/3/?brano=Cento+Comuni",
        "pagina/3/?q=zzz",
        "",
    ):
        person.visit(base + tail)
        assert_clean(person)
    for title in ("Schema di Piano di riassetto", "Simulatore dei costi"):
        person.visit(f"/biblioteca/?q={title}")
        person.page.get_by_role("link", name=re.compile(title)).first.click()
        person.page.get_by_role("link", name="Leggi", exact=True).click()
        expect(person.page.locator(".page-structure table").first).to_be_visible()
        assert_clean(person)
    for path in (
        "/biblioteca/norme/",
        "/biblioteca/norme/?norma=boh",
        "/biblioteca/norme/?norma=l. 56/2014",
    ):
        person.visit(path)
        assert_clean(person)


def test_keys_turn_pages_but_not_in_fields(visitor: VisitorMaker) -> None:
    person = visitor()
    base = open_plan(person)
    page = person.page
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**{base}pagina/4/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**{base}pagina/3/")
    page.fill("#cerca-nel-documento", "comuni")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("PageDown")
    page.wait_for_timeout(300)
    assert page.url.endswith("/pagina/3/")
    page.press("#cerca-nel-documento", "Enter")
    page.wait_for_url("**?q=comuni")
    page.locator(".reader-hits a").last.click()
    page.wait_for_url(re.compile(r"/pagina/\d+/\?q=comuni$"))


def test_words_selected_become_a_link(visitor: VisitorMaker) -> None:
    person = visitor()
    open_plan(person)
    page = person.page
    page.locator("[data-text]").evaluate(
        """text => {
          const range = document.createRange();
          range.setStart(text.firstChild, 3);
          range.setEnd(text.firstChild, 25);
          const selection = getSelection();
          selection.removeAllRanges();
          selection.addRange(range);
        }"""
    )
    page.wait_for_function("document.querySelector('[data-passage]').value.length > 10")
    words = page.input_value("[data-passage]")
    page.get_by_role("button", name="Evidenzia").click()
    page.wait_for_url("**?brano=*")
    assert page.locator("#brano").inner_text().split() == words.split()
    assert page.locator(".sheet-marks__passage").count() >= 1


def test_without_javascript_it_is_pages_and_links(visitor: VisitorMaker) -> None:
    person = visitor(javascript=False, phone=True)
    base = open_plan(person, QUERY)
    page = person.page
    assert page.locator("mark").count() > 3
    assert page.locator(".sheet-marks rect").count() > 3
    page.locator(".reader-bar [rel=next]").click()
    page.wait_for_url(f"**{base}pagina/4/?q=*")
    page.locator(".reader__pages summary").click()
    page.locator(".reader__pages a").first.click()
    page.wait_for_url(f"**{base}pagina/1/*")
    page.get_by_role("link", name="Ingrandisci al 150%").click()
    page.wait_for_url("**zoom=150*")
    expect(page.locator("#citazione")).to_contain_text(f"{base}pagina/1/")
