"""The editor of the posts as the page /stile/ shows it: writing, tools, links, pasting."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, VisitorMaker
from tests.browser.test_accessibility import assert_clean

pytestmark = pytest.mark.standalone

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
    expect(region).to_be_focused()
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


def seconds_of_paste(page: Page, text: str) -> float:
    """Paste a text into the empty editor and return how long the page stood still."""
    region = text_of(page, EMPTY)
    region.focus()
    page.keyboard.press("Control+a")
    begun = time.monotonic()
    region.evaluate(PASTE, ["text/plain", text])
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    return time.monotonic() - begun


@pytest.mark.parametrize("line", ["Una riga di testo con un po' di parole dentro.\n", "parola "])
def test_a_megabyte_is_pasted_without_freezing(person: Visitor, line: str) -> None:
    """The machine may be busy: a quarter of the text on the same page is the measure."""
    page = opened(person)
    many = 1_000_000 // len(line)
    quarter = seconds_of_paste(page, line * (many // 4))
    whole = seconds_of_paste(page, line * many)
    page.keyboard.type("fine.")
    assert sent(page, EMPTY).count(line.split()[0]) == many
    assert "fine." in sent(page, EMPTY)
    print(f"a quarter in {quarter:.2f} s, the whole in {whole:.2f} s")
    assert whole < max(10, 12 * quarter)


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
