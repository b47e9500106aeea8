"""What stands around the editor in its form: quotations, drafts, attachments, htmx, errors."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visitor, VisitorMaker
from tests.browser.test_editor import EMPTY, WHOLE, WRITTEN, WRONG, focused, opened, sent, text_of

pytestmark = pytest.mark.standalone

DROP = """(form) => {
  const data = new DataTransfer();
  data.items.add(new File(["x".repeat(1500)], "trascinato.txt"));
  form.dispatchEvent(
    new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
SWAP = "([to, html]) => window.htmx.swap(to, html, { swapStyle: 'innerHTML' })"


@pytest.fixture
def person(visitor: VisitorMaker) -> Visitor:
    return visitor()


def test_what_the_server_gave_is_kept(person: Visitor) -> None:
    page = opened(person)
    for name in (EMPTY, WRITTEN, WRONG, WHOLE):
        expect(page.locator(f"#{name}-testo")).to_be_hidden()
    written = text_of(page, WRITTEN)
    assert written.locator("strong").inner_text() == "42 Comuni"
    assert written.locator("ol li").count() == 2
    assert written.locator("a").get_attribute("href") == "https://example.org/schema"
    assert f"{WRITTEN}-aiuto" in str(written.get_attribute("aria-describedby"))
    assert sent(page, WHOLE) == "<p>Prima riga.<br>Seconda riga.</p><p>Un altro paragrafo.</p>"
    wrong = page.get_by_role("textbox", name="Domanda")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_attribute("aria-required", "true")
    expect(wrong).to_have_accessible_description(re.compile("Scriva la domanda"))
    page.locator(f"#{WRONG} button[type=submit]").click()
    page.wait_for_url(re.compile(r"\?body=&body_format=html"))
    assert person.complaints == []


def test_label_and_summary_lead_to_the_text(person: Visitor) -> None:
    page = opened(person)
    page.locator(f"#{EMPTY} label").first.click()
    expect(text_of(page, EMPTY)).to_be_focused()
    page.evaluate(
        "(id) => { const a = document.createElement('a'); a.href = '#' + id; a.textContent = 'Vai';"
        " document.querySelector('h1').after(a); }",
        f"{WRONG}-testo",
    )
    page.get_by_role("link", name="Vai", exact=True).click()
    expect(text_of(page, WRONG)).to_be_focused()


def test_a_quotation(person: Visitor) -> None:
    page = opened(person)
    page.get_by_role("link", name="Cita", exact=True).click()
    expect(text_of(page, EMPTY)).to_be_focused()
    page.keyboard.type("Rispondo")
    assert sent(page, EMPTY) == (
        "<blockquote><p><strong>L. Ferri</strong> ha scritto:</p>"
        "<p>Stiamo per superare i trenta Comuni e lo schema attuale "
        "<strong>non regge più</strong>.</p>"
        "<ul><li><p>Chi usa un criterio diverso?</p></li></ul></blockquote><p>Rispondo</p>"
    )
    text_of(page, WRITTEN).focus()
    page.keyboard.press("Control+End")
    page.locator("#intervento-stile strong").dblclick()
    page.get_by_role("link", name="Cita", exact=True).click()
    expect(text_of(page, WRITTEN)).to_be_focused()
    quoted = text_of(page, WRITTEN).locator("blockquote").last.inner_text()
    assert re.fullmatch(r"L\. Ferri ha scritto:\s+(non|regge|più) ?", quoted), quoted
    assert person.complaints == []


def test_a_draft_is_kept_and_tried_again(person: Visitor) -> None:
    page = opened(person)
    bodies: list[str] = []
    answers = [503, 204]

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        bodies.append(route.request.post_data or "")
        route.fulfill(status=answers.pop(0) if answers else 204)

    page.route("**/stile/", answer)
    state = page.locator(f"#{WHOLE} [data-draft-state]")
    expect(state).to_have_attribute("role", "status")
    text_of(page, WHOLE).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Ancora")
    page.wait_for_timeout(1000)
    assert bodies == []
    expect(state).to_have_text("Bozza non salvata: riprovo", timeout=5000)
    expect(state).to_have_text(re.compile(r"^Bozza salvata alle \d{1,2}:\d\d$"), timeout=9000)
    assert len(bodies) == 2
    assert "Ancora" in bodies[1]
    assert "body_format=html" in bodies[1]
    page.keyboard.type(" e poi")
    page.locator(f"#{WHOLE} button[type=submit]").click()
    page.wait_for_url(re.compile("e\\+poi"))
    page.wait_for_timeout(2500)
    assert len(bodies) == 2


def test_who_leaves_early_keeps_the_draft(person: Visitor) -> None:
    """The styleguide keeps no drafts: the server's refusal in its log shows that one arrived."""
    log = person.portal.data / "run.log"
    before = log.read_text().count(": /stile/")
    page = opened(person)
    person.visit("/livez")
    opened(person)
    text_of(page, WHOLE).focus()
    page.keyboard.type("Presto ")
    person.visit("/livez")
    end = time.monotonic() + 10
    while log.read_text().count(": /stile/") == before and time.monotonic() < end:
        time.sleep(0.1)
    assert log.read_text().count(": /stile/") == before + 1


def test_who_comes_back_finds_the_text(person: Visitor) -> None:
    page = opened(person)
    text_of(page, EMPTY).focus()
    page.keyboard.type("Scritto prima")
    person.visit("/livez")
    page.go_back()
    expect(page.locator(".editor")).to_have_count(4)
    assert sent(page, EMPTY) == "<p>Scritto prima</p>"
    assert sent(page, WHOLE) == "<p>Prima riga.<br>Seconda riga.</p><p>Un altro paragrafo.</p>"


def test_a_plain_field_has_drafts_too(person: Visitor) -> None:
    page = opened(person)
    field = (
        '<label for="n">Nota</label><textarea id="n" data-draft="/bozza/"></textarea>'
        '<input type="hidden" name="body_format" value="text"><p data-draft-state></p>'
    )
    page.route("**/bozza/", lambda route: route.fulfill(status=204))
    page.evaluate(SWAP, [f"#{EMPTY}", field])
    with page.expect_request("**/bozza/") as asked:
        page.get_by_label("Nota", exact=True).fill("Due righe")
    assert asked.value.post_data == "body=Due+righe&body_format=text&csrfmiddlewaretoken="
    expect(page.locator(f"#{EMPTY} [data-draft-state]")).to_contain_text("Bozza salvata alle")


def test_files_are_listed_and_taken_away(person: Visitor) -> None:
    page = opened(person)
    field = page.locator(f"#{WHOLE}-file")
    files = [
        {"name": "relazione.txt", "mimeType": "text/plain", "buffer": b"x" * 12_000},
        {"name": "piccolo.txt", "mimeType": "text/plain", "buffer": b"x" * 10},
    ]
    field.set_input_files(files[:1])
    field.set_input_files(files[1:])
    page.locator(f"#{WHOLE}").evaluate(DROP)
    listed = page.get_by_role("list", name="File allegati").get_by_role("listitem")
    expect(listed).to_have_count(3)
    assert "relazione.txt" in listed.nth(0).inner_text()
    assert "12 kB" in listed.nth(0).inner_text()
    assert "2 kB" in listed.nth(2).inner_text()
    status = page.locator(f"#{WHOLE} .files__status")
    expect(status).to_have_text("3 file allegati")
    page.get_by_role("button", name="Togli piccolo.txt").press("Enter")
    expect(status).to_have_text("piccolo.txt tolto. 2 file allegati")
    assert focused(page) == "Togli trascinato.txt"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(listed).to_have_count(0)
    assert focused(page) == f"{WHOLE}-file"
    assert field.evaluate("(input) => input.files.length") == 0
    assert person.complaints == []


def test_content_that_htmx_brings_and_takes(person: Visitor) -> None:
    page = opened(person)
    form = '<label for="n">Nuovo</label><textarea id="n" name="body" data-editor>Ciao</textarea>'
    page.evaluate(SWAP, [f"#{EMPTY}", form])
    new = page.get_by_role("textbox", name="Nuovo", exact=True)
    expect(new).to_have_text("Ciao")
    assert sent(page, EMPTY) == "<p>Ciao</p>"
    page.evaluate(SWAP, [f"#{EMPTY}", "<p>via</p>"])
    expect(page.locator(".editor")).to_have_count(3)
    page.get_by_role("link", name="Cita", exact=True).click()
    expect(text_of(page, WRITTEN)).to_be_focused()
    assert person.complaints == []
