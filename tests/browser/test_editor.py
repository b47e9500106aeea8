"""The editor of the posts as the page /stile/ shows it: writing, pasting, quoting, keeping."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Visitor, VisitorMaker
from tests.browser.test_accessibility import assert_clean

EMPTY, WRITTEN, WRONG, WHOLE = "editor-vuoto", "editor-scritto", "editor-errato", "editor-completo"
ALLOWED = {"P", "BR", "STRONG", "EM", "UL", "OL", "LI", "BLOCKQUOTE", "A"}
HOSTILE = """
<style>p{color:red}</style><script>window.hit=1</script><base href="//evil.example/">
<h1 onclick="window.hit=2" style="position:fixed">Titolo</h1>
<p style="color:red" class="x"><span style="font-weight:700">grasso</span> <u>liscio</u>
<a href="javascript:window.hit=3">primo</a> <a href="data:text/html,x">secondo</a>
<a href="https://example.org/a" target="_blank" onclick="window.hit=4" title="x">terzo</a>
<a href="/account/logout/">quarto</a> <a href=" jAvAscript&#58;window.hit=5">quinto</a></p>
<img src="x" onerror="window.hit=6"><svg onload="window.hit=7"><text>disegno</text></svg>
<iframe srcdoc="<script>parent.hit=8</script>">cornice</iframe><object data="x">oggetto</object>
<table><tr><td>cella</td></tr></table><form><button>bottone</button><input value="campo"></form>
<pre><code>codice</code></pre><template><p>modello</p></template>
"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>@page{}</style ></head><body><!--StartFragment-->
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Premessa</b></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt'>&nbsp;&nbsp;</span></span><![endif]>primo</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>2.<span style='font:7.0pt'>&nbsp;&nbsp;</span></span><![endif]>secondo<o:p>
</o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>·</span>punto</p>
<b style="font-weight:normal" id="docs-internal-guid"><p>Da Google</p></b><!--EndFragment-->
</body></html>"""
PASTE = """(element, [kind, text]) => {
  const data = new DataTransfer();
  data.setData(kind, text);
  element.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
DROP = """(form) => {
  const data = new DataTransfer();
  data.items.add(new File(["x".repeat(1500)], "trascinato.txt"));
  form.dispatchEvent(
    new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def text_of(page: Page, name: str) -> Locator:
    """Return the region in which people write."""
    return page.locator(f"#{name} [role=textbox]")


def tool(page: Page, name: str, label: str) -> Locator:
    """Return a tool of an editor."""
    return page.locator(f"#{name} [role=toolbar]").get_by_role("button", name=label, exact=True)


def sent(page: Page, name: str) -> str:
    """Return what the form would send as the text."""
    return str(page.evaluate("(id) => new FormData(document.getElementById(id)).get('body')", name))


def focused(page: Page) -> str:
    """Return the name of what has the focus."""
    script = "document.activeElement.getAttribute('aria-label') || document.activeElement.id"
    return str(page.evaluate(script))


def opened(person: Visitor) -> Page:
    """Open the page and wait for its editors."""
    page = person.visit("/stile/")
    expect(page.locator(".editor")).to_have_count(4)
    return page


@pytest.fixture
def person(visitor: VisitorMaker) -> Visitor:
    return visitor()


def test_writing_with_the_keyboard(person: Visitor) -> None:
    page = opened(person)
    region = text_of(page, EMPTY)
    region.focus()
    page.keyboard.press("Control+b")
    page.keyboard.type("Forte")
    expect(tool(page, EMPTY, "Grassetto")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Control+b")
    page.keyboard.type(" e ")
    page.keyboard.press("Control+i")
    page.keyboard.type("piano")
    page.keyboard.press("Control+i")
    page.keyboard.press("Enter")
    page.keyboard.type("- uno")
    page.keyboard.press("Enter")
    page.keyboard.type("due con * e __ intatti*")
    html = (
        "<p><strong>Forte</strong> e <em>piano</em></p>"
        "<ul><li><p>uno</p></li><li><p>due con * e __ intatti*</p></li></ul>"
    )
    assert page.locator(f"#{EMPTY}-testo").input_value() == html
    assert sent(page, EMPTY) == html
    assert page.locator(f"#{EMPTY} [name=body_format]").input_value() == "html"
    page.keyboard.press("Control+z")
    assert sent(page, EMPTY) != html
    page.keyboard.press("Control+y")
    assert sent(page, EMPTY) == html
    assert person.complaints == []


def test_the_tools_are_one_stop_and_nobody_is_trapped(person: Visitor) -> None:
    page = opened(person)
    region = text_of(page, EMPTY)
    region.focus()
    page.keyboard.press("Alt+F10")
    assert focused(page) == "Grassetto"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Elenco puntato"
    page.keyboard.press("End")
    assert focused(page) == "Ripeti"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    assert focused(page) == "Grassetto"
    assert page.locator(f"#{EMPTY} [role=toolbar] [tabindex='0']").count() == 1
    page.keyboard.press("Escape")
    expect(region).to_be_focused()
    page.keyboard.type("1. voce")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Pubblica"
    page.keyboard.press("Shift+Tab")
    expect(region).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Grassetto"
    assert sent(page, EMPTY) == "<ol><li><p>voce</p></li></ol>"


def test_a_link_by_keyboard(person: Visitor) -> None:
    page = opened(person)
    region = text_of(page, EMPTY)
    region.focus()
    page.keyboard.type("schema")
    page.keyboard.press("Control+a")
    tool(page, EMPTY, "Collegamento").focus()
    page.keyboard.press("Enter")
    row = page.locator(f"#{EMPTY} .editor__link")
    field = row.get_by_label("Indirizzo")
    expect(field).to_be_focused()
    expect(row.get_by_role("button", name="Togli")).to_be_hidden()
    page.keyboard.type("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(row.get_by_role("status")).to_contain_text("indirizzo completo")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Escape")
    expect(row).to_be_hidden()
    assert focused(page) == "Collegamento"
    assert sent(page, EMPTY) == "<p>schema</p>"
    page.keyboard.press("Enter")
    page.keyboard.type("www.example.org/schema")
    page.keyboard.press("Enter")
    expect(region).to_be_focused()
    assert sent(page, EMPTY) == '<p><a href="https://www.example.org/schema">schema</a></p>'
    page.keyboard.press("Control+k")
    assert field.input_value() == "https://www.example.org/schema"
    row.get_by_role("button", name="Togli").press("Enter")
    assert sent(page, EMPTY) == "<p>schema</p>"
    page.keyboard.press("End")
    page.keyboard.type(" ")
    page.keyboard.press("Control+k")
    page.keyboard.type("ufficio@example.org")
    row.get_by_role("button", name="Applica").press("Enter")
    assert 'href="mailto:ufficio@example.org">ufficio@example.org</a>' in sent(page, EMPTY)
    assert person.complaints == []


def test_hostile_html_leaves_only_what_a_post_may_hold(person: Visitor) -> None:
    page = opened(person)
    region = text_of(page, EMPTY)
    region.focus()
    region.evaluate(PASTE, ["text/html", HOSTILE])
    names = region.evaluate("(e) => [...e.querySelectorAll('*')].map((one) => one.tagName)")
    assert set(names) <= ALLOWED, names
    html = sent(page, EMPTY)
    attributes = re.findall(r"\s([\w-]+)=", html)
    assert attributes == ["href"]
    assert 'href="https://example.org/a"' in html
    for word in (
        "Titolo",
        "<strong>grasso</strong>",
        "liscio",
        "primo",
        "quinto",
        "cella",
        "codice",
    ):
        assert word in html
    for word in ("cornice", "disegno", "color", "window.hit", "modello"):
        assert word not in html
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert person.complaints == []


def test_lists_of_word_and_plain_text(person: Visitor) -> None:
    page = opened(person)
    region = text_of(page, EMPTY)
    region.focus()
    region.evaluate(PASTE, ["text/html", WORD])
    assert sent(page, EMPTY) == (
        "<p><strong>Premessa</strong></p>"
        "<ol><li><p>primo</p></li><li><p>secondo</p></li></ol>"
        "<ul><li><p>punto</p></li></ul><p>Da Google</p>"
    )
    page.keyboard.press("Control+a")
    region.evaluate(PASTE, ["text/plain", "Prima\nSeconda **riga** <b>"])
    assert "<strong>" not in sent(page, EMPTY)
    assert "&lt;b&gt;" in sent(page, EMPTY)
    assert person.complaints == []


@pytest.mark.parametrize("line", ["Una riga di testo con un po' di parole dentro.\n", "parola "])
def test_a_megabyte_is_pasted_without_freezing(person: Visitor, line: str) -> None:
    page = opened(person)
    region = text_of(page, EMPTY)
    region.focus()
    text = line * (1_000_000 // len(line))
    begun = time.monotonic()
    region.evaluate(PASTE, ["text/plain", text])
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    pasted = time.monotonic() - begun
    begun = time.monotonic()
    page.keyboard.type("fine.")
    typed = time.monotonic() - begun
    assert sent(page, EMPTY).count(line.split()[0]) >= 1_000_000 // len(line)
    assert "fine." in sent(page, EMPTY)
    print(f"pasted in {pasted:.2f} s, five letters in {typed:.2f} s")
    assert pasted < 8, "a loaded machine doubles the seconds, a quadratic paste takes minutes"


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
    swap = "([to, html]) => window.htmx.swap(to, html, { swapStyle: 'innerHTML' })"
    field = (
        '<label for="n">Nota</label><textarea id="n" data-draft="/bozza/"></textarea>'
        '<input type="hidden" name="body_format" value="text"><p data-draft-state></p>'
    )
    page.route("**/bozza/", lambda route: route.fulfill(status=204))
    page.evaluate(swap, [f"#{EMPTY}", field])
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
    swap = "([to, html]) => window.htmx.swap(to, html, { swapStyle: 'innerHTML' })"
    form = '<label for="n">Nuovo</label><textarea id="n" name="body" data-editor>Ciao</textarea>'
    page.evaluate(swap, [f"#{EMPTY}", form])
    new = page.get_by_role("textbox", name="Nuovo", exact=True)
    expect(new).to_have_text("Ciao")
    assert sent(page, EMPTY) == "<p>Ciao</p>"
    page.evaluate(swap, [f"#{EMPTY}", "<p>via</p>"])
    expect(page.locator(".editor")).to_have_count(3)
    page.get_by_role("link", name="Cita", exact=True).click()
    expect(text_of(page, WRITTEN)).to_be_focused()
    assert person.complaints == []


def test_without_javascript_the_plain_field(visitor: VisitorMaker) -> None:
    person = visitor(javascript=False)
    page = person.visit("/stile/")
    assert page.locator(".editor").count() == 0
    page.fill(f"#{EMPTY}-testo", "Prima\n\nSeconda")
    page.locator(f"#{EMPTY} button[type=submit]").click()
    page.wait_for_url(re.compile(r"body=Prima.*Seconda&body_format=text"))


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_every_state_is_clean(visitor: VisitorMaker, phone: bool) -> None:
    person = visitor(phone=phone)
    page = opened(person)
    text_of(page, WRITTEN).locator("a").click()
    tool(page, WRITTEN, "Collegamento").click()
    page.locator(f"#{WRITTEN}").get_by_label("Indirizzo").fill("no")
    page.locator(f"#{WRITTEN}").get_by_role("button", name="Applica").click()
    page.locator(f"#{WHOLE}-file").set_input_files(
        {"name": "atto-" + "lungo" * 20 + ".txt", "mimeType": "text/plain", "buffer": b"x"}
    )
    assert_clean(person)
    least = 44 if phone else 24
    for button in page.locator(".editor button:visible, .files button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= least - 0.5
