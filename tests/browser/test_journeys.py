"""The main journeys, by hand of a real browser on the product as it is started."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from pathlib import Path

import pytest
import typst
from playwright.sync_api import Page, expect

from portal.core.seed import DEMO_PASSWORD
from tests.browser.conftest import Portal, Visitor, VisitorMaker

SEARCHED = "SUA convenzione comuni"
# What opens the list of actions in Wagtail's page editor.
MORE = "footer button[aria-label], footer [data-w-dropdown-target=toggle]"


def pdf(path: Path, *pages: str) -> Path:
    """Write a real PDF with a page for each text."""
    source = path.with_suffix(".typ")
    source.write_text("\n#pagebreak()\n".join(pages))
    path.write_bytes(typst.compile(str(source)))
    return path


def search(person: Visitor, words: str) -> Page:
    """Search from the box of the header."""
    page = person.visit("/")
    page.fill("header [name=q]", words)
    page.press("header [name=q]", "Enter")
    page.wait_for_url("**/cerca/**")
    return page


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_visitor_reads_and_lands_on_the_right_page(
    visitor: VisitorMaker, javascript: bool
) -> None:
    person = visitor(javascript=javascript, phone=not javascript)
    page = person.visit("/")
    page.locator("main a.network-card", has_text="Rete SUA").click()
    expect(page.locator("h1")).to_have_text("Rete SUA")
    page.locator("main a", has_text="Modello SUA di Area Vasta").first.click()
    expect(page.locator("h1")).to_have_text("Modello SUA di Area Vasta")
    page = person.visit("/notizie/")
    title = page.locator("main article h3 a").first.inner_text()
    page.locator("main article h3 a").first.click()
    expect(page.locator("h1")).to_have_text(title)
    page = search(person, SEARCHED)
    hit = page.locator(".page-hit a", has_text="Pagina 12").first
    hit.click()
    expect(page.locator(".reader-bar")).to_contain_text("Pagina 12 di 24")
    expect(page.locator(".page-text mark").first).to_be_visible()
    if javascript:
        page.locator("img.sheet").evaluate("image => image.decode()")
    page.locator("a[rel=next]").first.click()
    expect(page.locator(".reader-bar")).to_contain_text("Pagina 13 di 24")
    assert person.complaints == []


def test_facets_narrow_without_reloading(visitor: VisitorMaker) -> None:
    person = visitor()
    page = search(person, SEARCHED)
    page.evaluate("window.same = true")
    page.locator(".facet", has_text="Formato").get_by_text("PDF").click()
    expect(page.locator(".chips")).to_contain_text("PDF")
    page.wait_for_url("**formato=pdf*")
    assert page.evaluate("window.same")
    page.locator(".chip--filter").click()
    page.wait_for_url(lambda url: "formato" not in url)
    assert person.complaints == []


def test_a_member_uploads_and_another_finds_the_page(visitor: VisitorMaker, tmp_path: Path) -> None:
    word = f"zibaldone{int(time.time())}"
    file = pdf(tmp_path / "relazione.pdf", "Prima pagina.", f"Sulla seconda sta {word}.")
    uploader = visitor("funzionario.tv@example.org")
    page = uploader.visit("/biblioteca/carica/")
    page.set_input_files("[name=file]", file)
    page.fill("[name=title]", f"Relazione {word}")
    page.locator("main form.form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/biblioteca/\d+/$"))
    expect(page.locator("#stato")).to_contain_text("pagine lette", timeout=30_000)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Scarica")).click()
    assert download.value.path().read_bytes() == file.read_bytes()
    assert uploader.complaints == []
    colleague = visitor("referente.tv@example.org")
    deadline = time.monotonic() + 30
    while True:
        page = search(colleague, word)
        if page.locator(".page-hit").count() or time.monotonic() > deadline:
            break
        time.sleep(0.5)
    page.locator(".page-hit a", has_text="Pagina 2").click()
    expect(page.locator(".page-text mark")).to_have_text(word)
    address = page.url
    for stranger in (visitor("funzionario.bs@example.org"), visitor()):
        assert search(stranger, word).locator(".page-hit").count() == 0
        stranger.page.goto(address)
        expect(stranger.page.locator("h1")).to_have_text("Pagina non trovata")


def test_an_upload_without_javascript(visitor: VisitorMaker, tmp_path: Path) -> None:
    file = pdf(tmp_path / "senza.pdf", f"Senza script {time.time()}")
    person = visitor("funzionario.pu@example.org", javascript=False, phone=True)
    page = person.visit("/biblioteca/carica/")
    page.locator("main form.form button[type=submit]").click()
    expect(page.locator(".field__error").first).to_be_visible()
    page.set_input_files("[name=file]", file)
    page.fill("[name=title]", "Senza script")
    page.locator("main form.form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/biblioteca/\d+/$"))
    expect(page.locator("h1")).to_have_text("Senza script")


def test_a_proposal_becomes_public(visitor: VisitorMaker, tmp_path: Path, portal: Portal) -> None:
    title = f"Schema proposto {int(time.time())}"
    member = visitor("funzionario.bs@example.org")
    page = member.visit("/biblioteca/carica/")
    page.set_input_files("[name=file]", pdf(tmp_path / "schema.pdf", title))
    page.fill("[name=title]", title)
    page.select_option("[name=audience]", "propose:public")
    page.locator("main form.form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/biblioteca/\d+/$"))
    address = page.url
    anybody = visitor()
    anybody.page.goto(address)
    expect(anybody.page.locator("h1")).to_have_text("Pagina non trovata")
    editor = visitor("redazione@example.org")
    page = editor.visit("/biblioteca/proposte/")
    page.locator("li", has_text=title).get_by_role("link", name="Leggi e decidi").click()
    page.get_by_role("button", name="Pubblica", exact=False).first.click()
    expect(page.locator(".messages")).to_contain_text("pubblico")
    anybody.page.goto(address)
    expect(anybody.page.locator("h1")).to_have_text(title)
    assert portal.letters_to("funzionario.bs@example.org", title)


def test_signing_up_and_being_approved(visitor: VisitorMaker, portal: Portal) -> None:
    email = f"nuova{int(time.time())}@example.org"
    person = visitor()
    page = person.visit("/account/signup/")
    page.fill("main [name=first_name]", "Nuova")
    page.fill("main [name=last_name]", "Arrivata")
    page.fill("main [name=email]", email)
    page.select_option("main [name=organisation]", label="Provincia di Brescia")
    page.fill("main [name=office]", "Ufficio bandi")
    page.fill("main [name=password1]", "una-frase-lunga-e-mia")
    page.fill("main [name=password2]", "una-frase-lunga-e-mia")
    page.press("main [name=password2]", "Enter")
    page.wait_for_url("**/account/confirm-email/")
    letter = portal.letters_to(email)[0]
    link = re.search(r"http\S+/account/confirm-email/\S+", letter)
    assert link
    page.goto(link[0])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    if "/login/" in page.url:
        person.sign_in(email, "una-frase-lunga-e-mia")
    page = person.visit("/account/")
    expect(page.locator("main")).to_contain_text("In attesa di verifica")
    assert portal.letters_to("referente.bs@example.org", "Nuova Arrivata")
    referente = visitor("referente.bs@example.org")
    queue = referente.visit("/account/richieste/")
    queue.get_by_role("button", name="Approva Nuova Arrivata").click()
    expect(queue.locator(".messages")).to_contain_text("Nuova Arrivata")
    page.reload()
    expect(page.locator("main")).not_to_contain_text("In attesa di verifica")
    page = person.visit("/biblioteca/carica/")
    expect(page.locator("[name=audience]")).to_contain_text("Provincia di Brescia")
    assert person.complaints == referente.complaints == []


def totp(secret: str) -> str:
    """Return the present code of a secret (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def test_signing_in_with_a_second_factor(visitor: VisitorMaker) -> None:
    # Of this person only: whoever signs in as her afterwards is asked for a code.
    who = "admin@example.org"
    person = visitor(who)
    page = person.visit("/account/2fa/totp/activate/")
    if "/reauthenticate/" in page.url:
        page.fill("main [name=password]", DEMO_PASSWORD)
        page.press("main [name=password]", "Enter")
    secret = page.locator("#authenticator_secret").input_value()
    page.fill("main [name=code]", totp(secret))
    page.press("main [name=code]", "Enter")
    page.wait_for_url(re.compile(r"/account/2fa/(recovery-codes/)?(\?|$)"))
    page = person.visit("/account/2fa/recovery-codes/")
    codes = page.locator("#recovery_codes").input_value().split()
    assert len(codes) == 10
    assert person.complaints == []
    again = visitor(who)
    assert "/account/2fa/authenticate/" in again.page.url
    again.page.fill("main [name=code]", "000000")
    again.page.press("main [name=code]", "Enter")
    expect(again.page.locator(".field__error").first).to_be_visible()
    again.page.fill("main [name=code]", codes[0])
    again.page.press("main [name=code]", "Enter")
    again.page.wait_for_url(re.compile(r"/account/$"))


def test_an_editor_publishes_through_the_workflow(visitor: VisitorMaker, portal: Portal) -> None:
    title = f"Notizia di prova {int(time.time())}"
    editor = visitor("redazione@example.org")
    page = editor.visit("/gestione/pages/search/?q=Notizie")
    parent = page.locator("a", has_text=re.compile(r"^\s*Notizie\s*$")).first.get_attribute("href")
    assert parent
    number = re.search(r"/pages/(\d+)/", parent)
    assert number
    page = editor.visit(f"/gestione/pages/add/news/newspage/{number[1]}/")
    page.fill("[name=title]", title)
    page.fill("[name=summary]", "La prova che il flusso funziona.")
    page.select_option("[name=network]", label="Rete SUA")
    page.locator(MORE).first.click()
    page.locator("[name=action-submit]").click()
    page.wait_for_load_state()
    reader = visitor()
    assert title not in reader.visit("/notizie/").content()
    for email in ("coordinamento.sua@example.org", "direzione@example.org"):
        assert portal.letters_to(email, title), email
        approver = visitor(email)
        page = approver.visit("/gestione/")
        page.locator("a", has_text=title).first.click()
        page.wait_for_load_state()
        page.locator(MORE).first.click()
        page.locator("[data-workflow-action-name=approve]:visible").first.click()
        page.wait_for_url(lambda url: "/edit/" not in url)
        page.wait_for_load_state()
    expect(reader.visit("/notizie/").locator("main")).to_contain_text(title)


def test_a_passkey_opens_the_account(visitor: VisitorMaker, portal: Portal) -> None:
    person = visitor()
    local = portal.url.replace("127.0.0.1", "localhost")
    person.portal = Portal(local, portal.data)
    session = person.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    person.sign_in("ispettore@example.org")
    page = person.visit("/account/2fa/webauthn/add/")
    page.fill("main [name=password]", DEMO_PASSWORD)
    page.press("main [name=password]", "Enter")
    page.wait_for_url("**/webauthn/add/")
    page.get_by_label("Nome della chiave").fill("Portatile dell'ufficio")
    page.get_by_label("Senza password").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/account/2fa/recovery-codes/")
    expect(person.visit("/account/2fa/webauthn/").locator("main")).to_contain_text("Portatile")
    person.context.clear_cookies()
    page = person.visit("/account/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(re.compile(r"/account/$"))
    assert not [told for told in person.complaints if "Content Security" in told]
