"""The first page: for everybody, with true numbers, at a constant price."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core import access
from portal.library.models import Document
from portal.organisations.models import Network
from tests.conftest import client_of
from tests.factories import pages

pytestmark = pytest.mark.django_db
LIMIT = 12


def queries_of_home() -> int:
    Client().get("/")
    with CaptureQueriesContext(connection) as captured:
        assert Client().get("/").status_code == 200
    return len(captured)


def test_everybody_reads_the_home_page(client: Client, member: Any) -> None:
    pages.home_page(hero_title="Le Province insieme")
    pages.network_page("sua")
    for reader in (client, client_of(member)):
        answer = reader.get("/")
        assert answer.status_code == 200
        assert "Le Province insieme" in answer.content.decode()
        assert "Rete SUA" in answer.content.decode()


def test_it_says_who_is_behind_it_to_search_engines(client: Client) -> None:
    pages.home_page(summary="</script><b>")
    html = client.get("/").content.decode()
    assert '"@type": "GovernmentOrganization"' in html
    assert "</script><b>" not in html


def test_counts_are_those_of_the_reader(client: Client, member: Any) -> None:
    sua = pages.network_page("sua")
    pages.practice_page(sua)
    pages.restrict_to_members(pages.practice_page(sua))
    for audience in (access.PUBLIC, access.MEMBERS):
        document = Document.objects.create(title=audience, audience=audience)
        document.networks.add(Network.objects.get(slug="sua"))
    assert "1 buona pratica · 1 documento" in client.get("/").content.decode()
    assert "2 buone pratiche · 2 documenti" in client_of(member).get("/").content.decode()


def test_a_network_for_members_is_not_named_to_others(client: Client, member: Any) -> None:
    pages.restrict_to_members(pages.network_page("europa", title="Rete riservata"))
    assert "Rete riservata" not in client.get("/").content.decode()
    assert "Rete riservata" in client_of(member).get("/").content.decode()


def test_the_price_does_not_grow_with_the_rows() -> None:
    networks = [pages.network_page(slug) for slug in ("sua", "europa", "innovazione")]
    for _ in range(2):
        pages.practice_page(networks[0])
    few = queries_of_home()
    for number in range(18):
        pages.practice_page(networks[number % 3])
    assert queries_of_home() == few
    assert few <= LIMIT
