"""The last seat, the waiting list, the certificate and its check, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Portal, VisitorMaker
from tests.browser.test_accessibility import assert_clean


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_from_the_last_seat_to_a_revoked_certificate(
    visitor: VisitorMaker, portal: Portal, javascript: bool
) -> None:
    name = f"Un posto solo {javascript}"
    manager = visitor("formazione@example.org", javascript=javascript)
    page = manager.visit("/formazione/usare-la-piattaforma/")
    page.get_by_role("link", name="Nuova edizione").click()
    values = {
        "name": name,
        "starts_on": "2099-05-10",
        "ends_on": "2099-05-10",
        "enrol_from": "2022-01-01T09:00",
        "enrol_until": "2099-05-01T18:00",
        "seats": "1",
    }
    for field, value in values.items():
        page.fill(f"[name={field}]", value)
    page.select_option("[name=state]", label="pubblicata")
    page.get_by_label("Dario Lavagna").check()
    page.get_by_role("button", name="Salva").click()
    page.wait_for_url("**/registro/")
    register = page.url.removeprefix(portal.url)
    page.get_by_role("link", name="Aggiungi un incontro").click()
    page.get_by_label("Argomento").fill("Lezione")
    page.fill("[name=start]", "2099-05-10T09:00")
    page.fill("[name=end]", "2099-05-10T11:00")
    page.get_by_role("button", name="Aggiungi").click()
    page.wait_for_url("**/registro/")

    people = [
        visitor(email, javascript=javascript, phone=True)
        for email in ("funzionario.tv@example.org", "funzionario.bs@example.org")
    ]
    for person, label in zip(people, ("Mi iscrivo", "Entro in lista d'attesa"), strict=True):
        found = person.visit("/formazione/usare-la-piattaforma/")
        found.get_by_role("button", name=f"{label} a {name}").click()
        found.wait_for_url("**/i-miei-corsi/")
    first, second = people
    expect(first.page.locator("main")).to_contain_text("Ha un posto in «Usare la piattaforma")
    expect(second.page.locator("main")).to_contain_text("è in lista d'attesa")
    row = first.page.locator("li", has_text=name)
    row.locator("summary").click()
    row.get_by_role("button", name="Ritira l'iscrizione").click()
    first.page.wait_for_url("**/i-miei-corsi/")
    (letter,) = portal.letters_to("funzionario.bs@example.org", f"{name}», dal ")
    assert letter.startswith("Ha un posto")
    row = second.visit("/formazione/i-miei-corsi/").locator("li", has_text=name)
    expect(row).to_contain_text("Ha un posto")

    trainer = visitor("docente@example.org", javascript=javascript)
    page = trainer.visit(register)
    page.get_by_role("link", name="Segna le presenze").first.click()
    page.get_by_label("Fulvia Garza").check()
    page.get_by_role("button", name="Salva le presenze").click()
    page.wait_for_url("**/registro/")
    page.get_by_role("button", name="Rilascia a Fulvia Garza").click()
    expect(page.locator("main")).to_contain_text("L'attestato di Fulvia Garza è rilasciato")

    row = second.visit("/formazione/i-miei-corsi/").locator("li", has_text=name)
    with second.page.expect_download() as download:
        row.get_by_role("link", name="Scarica l'attestato").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    address = row.get_by_role("link", name="Pagina di verifica").get_attribute("href")
    assert address
    anybody = visitor(javascript=javascript, phone=True)
    page = anybody.visit("/attestati/")
    page.get_by_label("Codice dell'attestato").fill(address.strip("/").split("/")[-1])
    page.get_by_role("button", name="Verifica").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Attestato valido")
    if javascript:
        assert_clean(anybody)

    page = manager.visit(register)
    page.get_by_role("link", name="Revoca quello di Fulvia Garza").click()
    page.get_by_label("Motivo della revoca").fill("Rilasciato per prova")
    page.get_by_role("button", name="Revoca").click()
    page.wait_for_url(re.compile("/registro/$"))
    page = anybody.visit(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Attestato revocato")
    expect(page.locator("main")).to_contain_text("Rilasciato per prova")
    if javascript:
        assert_clean(anybody)
