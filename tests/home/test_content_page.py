"""Generic pages: body, index, restricted pages, site map."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.conftest import client_of
from tests.factories import pages

pytestmark = pytest.mark.django_db


def heading(text: str) -> dict[str, Any]:
    return {"type": "heading", "value": {"text": text, "level": "h2", "anchor": ""}}


def test_a_page_shows_its_body_and_the_pages_below(client: Client, member: Any) -> None:
    page = pages.content_page(
        title="Il progetto",
        slug="il-progetto",
        body=[{"type": "rich_text", "value": "<p>Tre pilastri.</p>"}],
    )
    pages.content_page(page, title="I sette passi")
    for reader in (client, client_of(member)):
        html = reader.get("/il-progetto/").content.decode()
        assert "Tre pilastri." in html
        assert "I sette passi" in html


def test_a_long_page_has_an_index(client: Client) -> None:
    long = pages.content_page(body=[heading(text) for text in ("Uno", "Due", "Tre")])
    short = pages.content_page(body=[heading("Uno")])
    assert 'href="#due"' in client.get(long.url).content.decode()
    assert 'href="#uno"' not in client.get(short.url).content.decode()


def test_a_page_for_members(
    client: Client, member: Any, waiting: Any, redattore: Any, admin: Any
) -> None:
    page = pages.content_page(title="Riservata", slug="riservata")
    below = pages.content_page(page, title="Più sotto", slug="sotto")
    pages.restrict_to_members(page)
    for url in (page.url, below.url):
        anonymous = client.get(url)
        assert anonymous.status_code == 302
        assert anonymous["Location"].startswith("/account/login/")
        assert client_of(waiting).get(url).status_code == 403
        for reader in (member, redattore, admin):
            assert client_of(reader).get(url).status_code == 200


def test_related_pages_that_the_reader_may_not_see_are_left_out(
    client: Client, member: Any
) -> None:
    private = pages.content_page(title="Solo per i membri")
    pages.restrict_to_members(private)
    page = pages.content_page(related=[{"type": "page", "value": private.pk}])
    assert "Solo per i membri" not in client.get(page.url).content.decode()
    assert "Solo per i membri" in client_of(member).get(page.url).content.decode()


def test_the_site_map_lists_what_the_reader_may_see(client: Client, member: Any) -> None:
    pages.content_page(pages.content_page(title="Padre"), title="Figlia")
    pages.restrict_to_members(pages.content_page(title="Riservata"))
    html = client.get("/mappa-del-sito/").content.decode()
    assert "Padre" in html
    assert "Figlia" in html
    assert "Riservata" not in html
    assert "Riservata" in client_of(member).get("/mappa-del-sito/").content.decode()


def test_a_draft_is_seen_by_nobody_outside(client: Client, member: Any) -> None:
    draft = pages.content_page(title="Bozza", slug="bozza", live=False)
    assert draft.live is False
    for reader in (client, client_of(member)):
        assert reader.get("/bozza/").status_code == 404
        assert "Bozza" not in reader.get("/mappa-del-sito/").content.decode()
