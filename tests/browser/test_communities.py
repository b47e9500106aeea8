"""Asking, being let in, answering, hearing of it, stopping the letters; by keyboard, on a phone."""

from __future__ import annotations

import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Portal, Visitor, VisitorMaker
from tests.browser.test_accessibility import assert_clean, assert_clean_at_any_width

ASKER = "funzionario.bs@example.org"
HELPER = "moderatore.sua@example.org"


def write(page: Page, text: str, javascript: bool) -> None:
    """Type into the editor, or into the plain field."""
    if javascript:
        page.locator("[role=textbox][contenteditable=true]").click()
        page.keyboard.type(text)
    else:
        page.get_by_label("Testo", exact=True).fill(text)


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_from_a_question_to_its_solution(
    visitor: VisitorMaker, portal: Portal, javascript: bool
) -> None:
    title = f"Come si fa con lo scalino numero {'uno' if javascript else 'due'}?"
    asker = visitor(ASKER, javascript=javascript)
    page = asker.visit("/comunita/sua/discussioni/")
    page.get_by_role("link", name="Apri una discussione").first.click()
    page.locator("[name=title]").fill(title)
    write(
        page, "Cerchiamo chi lo ha già fatto, ai sensi dell'art. 62 del d.lgs. 36/2023.", javascript
    )
    if javascript:
        assert_clean(asker)
    page.get_by_role("button", name="Pubblica").click()
    page.wait_for_url(re.compile(r"/discussioni/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("link", name="art. 62 del d.lgs. 36/2023")).to_be_visible()
    if javascript:
        assert_clean(asker)

    helper = visitor(HELPER, javascript=javascript, phone=True)
    found = helper.visit("/comunita/sua/discussioni/?elenco=non-lette")
    found.get_by_role("link", name=title).click()
    write(found, "Noi lo facciamo da due anni.", javascript)
    found.get_by_label("a nome dell'ente: Provincia di Treviso").check()
    if javascript:
        assert_clean(helper)
    found.get_by_role("button", name="Pubblica").click()
    found.wait_for_url(re.compile(r"#intervento-2$"))
    expect(found.locator("#intervento-2")).to_contain_text("a nome dell'ente")

    (letter,) = portal.letters_to(ASKER, f"Risposta: {title}")
    assert "Noi lo facciamo da due anni." in letter
    page.goto(portal.url + "/account/avvisi/")
    if javascript:
        assert_clean(asker)
    page.get_by_role("link", name=f"ha risposto in «{title}»").click()
    page.wait_for_url(re.compile(r"#intervento-2$"))
    page.get_by_role("button", name="Accetta come soluzione").click()
    expect(page.locator("#intervento-2")).to_contain_text("Risposta accettata")
    if javascript:
        assert_clean(asker)

    stop = re.search(r"(http\S+/avvisi/basta/\S+)", letter)
    assert stop
    one_click = urllib.request.Request(stop[1], data=b"List-Unsubscribe=One-Click", method="POST")
    with urllib.request.urlopen(one_click) as answer:
        assert "Non riceverà più avvisi" in answer.read().decode()
    stranger = visitor(javascript=javascript, phone=True)
    opened = stranger.visit(stop[1].removeprefix(portal.url))
    if javascript:
        assert_clean(stranger)
    opened.get_by_role("button", name="Basta avvisi di questa discussione").click()
    opened.get_by_role("button", name="Annulla: voglio riceverli").click()
    expect(opened.locator("main")).to_contain_text("arriveranno di nuovo")


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_request_to_enter(visitor: VisitorMaker, portal: Portal, javascript: bool) -> None:
    who = "funzionario.pu@example.org" if javascript else "referente.bs@example.org"
    person = visitor(who, javascript=javascript, phone=True)
    page = person.visit("/comunita/sua/")
    page.get_by_label("Perché vuole entrare").fill("Seguiamo le gare di tre unioni di Comuni.")
    page.get_by_role("button", name="Chiedi di entrare").click()
    expect(page.locator("main")).to_contain_text("Richiesta in attesa")
    name = "Fausta Foglia" if javascript else "Bruno Mella"
    assert portal.letters_to(HELPER, f"{name} chiede di entrare in Community SUA")
    boss = visitor(HELPER, javascript=javascript)
    boss.visit("/account/").get_by_role("link", name=re.compile("richiest")).click()
    if javascript:
        assert_clean(boss)
    boss.page.get_by_role("button", name=f"Accogli {name}").click()
    expect(boss.page.locator("main")).to_contain_text(f"{name} è nella comunità")
    assert portal.letters_to(who, "È nella comunità Community SUA")
    page.goto(portal.url + "/comunita/sua/discussioni/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Discussioni")
    search = page.goto(portal.url + "/cerca/?q=scaglioni+riparto&tipo=topic&strict=1")
    assert search
    expect(page.locator("main")).to_contain_text("Intervento")
    page.goto(portal.url + "/comunita/sua/")
    page.locator("summary", has_text="Non voglio più farne parte").click()
    page.get_by_role("button", name="Esci dalla comunità").click()
    expect(page.get_by_label("Perché vuole entrare")).to_be_visible()
    page.goto(portal.url + "/cerca/?q=scaglioni+riparto&tipo=topic&strict=1")
    expect(page.locator("main")).to_contain_text("Nessun risultato")


def test_answering_by_keyboard(visitor: VisitorMaker, portal: Portal) -> None:
    person = visitor(HELPER)
    page = person.visit("/comunita/sua/discussioni/")
    page.locator(".topic-row__title a", has_text="Tavolo degli utenti").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/discussioni/\d+/"))
    page.locator("[role=textbox][contenteditable=true]").focus()
    page.keyboard.press("Control+b")
    page.keyboard.type("In neretto")
    page.keyboard.press("Control+b")
    page.keyboard.type(" e no.")
    page.get_by_role("button", name="Pubblica").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#intervento-\d+$"))
    expect(page.locator(".post").last.locator("strong", has_text="In neretto")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Elimina l'intervento")).last.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Ripristina"))).to_be_visible()


SIGNED_IN = [
    (HELPER, "/comunita/"),
    (HELPER, "/comunita/sua/"),
    (HELPER, "/comunita/sua/discussioni/"),
    (HELPER, "/comunita/sua/discussioni/?elenco=mie"),
    (HELPER, "/comunita/sua/discussioni/nuova/"),
    (HELPER, "/comunita/sua/componenti/"),
    (HELPER, "/comunita/sua/moderazione/"),
    (HELPER, "/comunita/sua/avvisi/"),
    (HELPER, "/account/avvisi/"),
    (HELPER, "/comunita/discussioni/1/"),
    (HELPER, "/comunita/interventi/2/segnala/"),
    (HELPER, "/comunita/interventi/2/versioni/"),
    (HELPER, "/comunita/interventi/2/nascondi/"),
    ("funzionario.tv@example.org", "/comunita/europa/discussioni/"),
    ("funzionario.tv@example.org", "/reti/sua/"),
]


@pytest.mark.standalone
def test_every_page(visitor: VisitorMaker) -> None:
    people: dict[str, Visitor] = {}
    for email, path in SIGNED_IN:
        person = people.setdefault(email, people.get(email) or visitor(email))
        person.visit(path)
        assert_clean_at_any_width(person)
    page = people[HELPER].visit("/comunita/sua/discussioni/nuova/")
    page.get_by_role("button", name="Pubblica").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    assert_clean_at_any_width(people[HELPER])
