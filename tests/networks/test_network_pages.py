"""The networks, their models and practices."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core import access
from portal.library.models import Document
from portal.networks.models import NetworkPage, PracticePage, ServiceModelPage
from tests.conftest import client_of
from tests.factories import pages

pytestmark = pytest.mark.django_db


def kit(*documents: Document) -> list[dict[str, Any]]:
    keys = [document.pk for document in documents]
    return [{"type": "section", "value": {"title": "Per aderire", "documents": keys}}]


def test_each_page_is_read_by_everybody(client: Client, member: Any) -> None:
    sua = pages.network_page("sua", coordinator="Ufficio reti, UPI")
    model = pages.service_model_page(
        sua,
        variants=[
            {
                "type": "variant",
                "value": {"title": "Montana", "for_whom": "Piccoli", "text": "<p>Testo</p>"},
            }
        ],
    )
    practice = pages.practice_page(sua, contact="Ufficio gare")
    expected = {
        "/reti/": ["Rete SUA"],
        sua.url: ["Treviso", "Ufficio reti, UPI", model.title, practice.title],
        model.url: ["Montana", "Rete SUA"],
        practice.url: ["Provincia di Treviso", "Il problema.", "Ufficio gare", "Rete SUA"],
    }
    for reader in (client, client_of(member)):
        for url, texts in expected.items():
            answer = reader.get(url)
            assert answer.status_code == 200
            for text in texts:
                assert text in answer.content.decode()


def test_the_network_of_a_page_is_that_of_the_page_above() -> None:
    europa = pages.network_page("europa")
    assert pages.practice_page(europa).network == europa.network
    assert pages.service_model_page(europa).network == europa.network


def test_documents_are_shown_to_those_who_may_read_them(client: Client, member: Any) -> None:
    sua = pages.network_page("sua")
    public = Document.objects.create(title="Schema aperto", audience=access.PUBLIC)
    private = Document.objects.create(title="Schema interno", audience=access.MEMBERS)
    for document in (public, private):
        document.networks.add(sua.network)
    model = pages.service_model_page(sua, kit=kit(public, private))
    practice = pages.practice_page(
        sua, documents=[{"type": "document", "value": d.pk} for d in (public, private)]
    )
    for page in (sua, model, practice):
        html = client.get(page.url).content.decode()
        assert "Schema aperto" in html
        assert "Schema interno" not in html
        assert "Schema interno" in client_of(member).get(page.url).content.decode()


def test_practices_for_members_are_not_listed_to_others(client: Client, member: Any) -> None:
    sua = pages.network_page("sua")
    private = pages.practice_page(sua, title="Pratica interna")
    pages.restrict_to_members(private)
    assert "Pratica interna" not in client.get(sua.url).content.decode()
    assert "Pratica interna" in client_of(member).get(sua.url).content.decode()
    assert client.get(private.url).status_code == 302


def test_a_network_costs_the_same_with_many_practices(client: Client) -> None:
    sua = pages.network_page("sua")

    def price() -> int:
        client.get(sua.url)
        with CaptureQueriesContext(connection) as captured:
            client.get(sua.url)
        return len(captured)

    for _ in range(2):
        pages.practice_page(sua)
    few = price()
    for _ in range(9):
        pages.practice_page(sua)
        pages.service_model_page(sua)
    assert price() == few


@pytest.mark.parametrize("number", ["2", "0", "-1", "zzz", "99999999999999999999"])
def test_many_practices_are_paged_and_any_number_answers(client: Client, number: str) -> None:
    sua = pages.network_page("sua")
    for _ in range(14):
        pages.practice_page(sua)
    assert client.get(sua.url, {"pagina": number}).status_code == 200


def test_pages_stand_where_they_belong() -> None:
    assert ServiceModelPage.allowed_parent_page_models() == [NetworkPage]
    assert PracticePage.allowed_parent_page_models() == [NetworkPage]
    assert set(NetworkPage.allowed_subpage_models()) == {ServiceModelPage, PracticePage}


def test_the_page_of_a_network_is_not_copied(admin: Any) -> None:
    sua = pages.network_page("sua")
    answer = client_of(admin).get(f"/gestione/pages/{sua.pk}/copy/")
    assert answer.status_code == 302
    assert "una sola pagina" in str(next(iter(get_messages(answer.wsgi_request))))


@pytest.mark.parametrize("kind", ["home", "content", "network", "model", "practice"])
def test_editors_open_and_preview_every_page_type(admin: Any, kind: str) -> None:
    sua = pages.network_page("sua")
    page = {
        "home": pages.home_page,
        "content": pages.content_page,
        "network": lambda: sua,
        "model": lambda: pages.service_model_page(sua),
        "practice": lambda: pages.practice_page(sua),
    }[kind]()
    editor = client_of(admin)
    assert editor.get(f"/gestione/pages/{page.pk}/edit/").status_code == 200
    page.save_revision()
    assert editor.get(f"/gestione/pages/{page.pk}/view_draft/").status_code == 200
