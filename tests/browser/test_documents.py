"""The life of documents in a real browser: many files, versions, raccolte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import VisitorMaker
from tests.browser.test_accessibility import assert_clean

OFFICIAL = "funzionario.tv@example.org"
LETTER = (
    "Provincia di Brescia\nProt. n. 55/2021 del 3 maggio 2021\n"
    "Oggetto: Verbale della cabina di regia\n"
)


def letter(folder: Path, name: str, weight: int = 50) -> Path:
    """Write a file that no other test brings."""
    path = folder / f"{name}.txt"
    path.write_text(LETTER + f"Testo di {path} numero. " * weight, encoding="utf-8")
    return path


def test_many_files_with_a_broken_connection(visitor: VisitorMaker, tmp_path: Path) -> None:
    person = visitor(OFFICIAL)
    page = person.visit("/biblioteca/carica/piu-file/")
    broken: list[str] = []

    def break_once(route: Route) -> None:
        if broken:
            route.continue_()
        else:
            broken.append(route.request.url)
            route.abort()

    page.route("**/parte/**", break_once)
    page.set_input_files("#id_files", [letter(tmp_path, "prima"), letter(tmp_path, "seconda", 60)])
    page.wait_for_url("**/rivedi/")
    assert broken
    expect(page.get_by_role("heading", name="Uno per uno")).to_be_visible(timeout=60_000)
    assert_clean(person)
    titles = page.locator("[name$=-title]")
    assert titles.nth(0).input_value() == "Verbale della cabina di regia"
    assert page.locator("[name$=-province]").nth(0).input_value() == "Brescia"
    titles.nth(1).fill("Secondo verbale della prova")
    page.get_by_role("button", name="Pubblica i file scelti").click()
    page.wait_for_url("**/miei/")
    assert "2 documenti sono in biblioteca" in page.inner_text("main")


def test_a_closed_browser_goes_on(visitor: VisitorMaker, tmp_path: Path) -> None:
    file = letter(tmp_path, "grande", 60_000)
    person = visitor(OFFICIAL)
    page = person.visit("/biblioteca/carica/piu-file/")
    sent: list[str] = []

    def stop_after_one(route: Route) -> None:
        if sent:
            route.abort()
        else:
            sent.append(route.request.url)
            route.continue_()

    page.route("**/parte/**", stop_after_one)
    page.set_input_files("#id_files", [file])
    expect(page.get_by_text("Connessione interrotta")).to_be_visible()
    again = visitor(OFFICIAL)
    page = again.visit("/biblioteca/carica/piu-file/")
    assert "grande.txt" in page.inner_text("main")
    assert_clean(again)
    with page.expect_request("**/parte/**") as first:
        page.set_input_files("#id_files", [file])
    assert int(re.findall(r"da=(\d+)", first.value.url)[0]) > 0
    page.wait_for_url("**/rivedi/")
    page.get_by_role("link", name="continui senza attendere").or_(
        page.get_by_role("heading", name="Per tutti")
    ).first.wait_for()


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
def test_a_new_version_compared(visitor: VisitorMaker, tmp_path: Path, phone: bool) -> None:
    person = visitor(OFFICIAL, javascript=not phone, phone=phone)
    page = person.visit("/biblioteca/carica/")
    page.set_input_files("[name=file]", letter(tmp_path, "una"))
    page.fill("[name=title]", f"Documento con versioni {phone}")
    page.get_by_role("button", name="Carica", exact=True).click()
    page.wait_for_url(re.compile(r"/biblioteca/\d+/$"))
    page.get_by_role("link", name="Versioni").click()
    page.get_by_role("link", name="Carica una nuova versione").click()
    page.set_input_files("[name=file]", letter(tmp_path, "due", 51))
    page.fill("[name=note]", "Un testo aggiornato")
    page.get_by_role("button", name="Carica la versione").click()
    page.wait_for_url("**/versioni/")
    assert "Un testo aggiornato" in page.inner_text("main")
    page.get_by_role("link", name="Confronta due versioni").click()
    expect(page.locator("h1")).to_contain_text("Che cosa è cambiato")
    if not phone:
        assert_clean(person)


def test_the_zip_of_a_raccolta(visitor: VisitorMaker) -> None:
    person = visitor()
    page = person.visit("/biblioteca/raccolte/kit-sua/")
    page.get_by_role("button", name="Scarica tutto (ZIP)").click()
    expect(page.get_by_text("Lo ZIP è pronto")).to_be_visible(timeout=60_000)
    assert_clean(person)
    with page.expect_download() as download:
        page.get_by_role("link", name="Scarica lo ZIP").click()
    assert download.value.suggested_filename == "kit-sua.zip"
