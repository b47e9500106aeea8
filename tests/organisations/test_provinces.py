"""The public list of the Provinces."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from portal.organisations.models import Network, Organisation

pytestmark = pytest.mark.django_db
PATH = "/osservatorio/province/"


def test_every_province_is_there(client: Client) -> None:
    text = client.get(PATH).content.decode()
    assert text.count('<th scope="row">') == Organisation.objects.provinces().count() == 76
    assert text.count("<rect ") == 76


def test_filters(client: Client) -> None:
    text = client.get(PATH, {"regione": "Veneto"}).content.decode()
    assert "Treviso" in text
    assert '<th scope="row">Brescia' not in text
    lead = Network.objects.get(slug="sua").lead_province
    assert lead is not None
    text = client.get(PATH, {"rete": "sua"}).content.decode()
    assert text.count('<th scope="row">') == 1
    assert f'<th scope="row">{lead.name}' in text


@pytest.mark.parametrize("query", [{"regione": "x" * 9000}, {"rete": "a\x00b"}, {"rete": "🏛"}])
def test_unknown_filters_filter_nothing(client: Client, query: dict[str, str]) -> None:
    answer = client.get(PATH, query)
    assert answer.status_code == 200
    assert "non è stato applicato" in answer.content.decode()
    assert answer.content.decode().count('<th scope="row">') == 76


def test_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    client.get(PATH)
    with django_assert_max_num_queries(9):
        client.get(PATH)
