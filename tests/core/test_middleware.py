"""What no request may bring in."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.core.middleware import HostileRequestMiddleware
from tests.factories.pages import news_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sent", "read"),
    [("q=a%00b", "ab"), ("q=%%0000x", "x"), ("q=%2500", "%00"), ("q=100%25", "100%")],
)
def test_a_parameter_reads_as_if_it_had_no_nul(rf: object, sent: str, read: str) -> None:
    told: list[str] = []
    request = rf.get(f"/?{sent}")  # type: ignore[attr-defined]
    HostileRequestMiddleware(lambda one: told.append(one.GET["q"]))(request)  # type: ignore[func-returns-value,arg-type]
    assert told == [read]


def test_an_address_with_a_nul_is_nobodys() -> None:
    answer = Client().get("/notizie/%00/")
    assert answer.status_code == 400
    assert "Richiesta non comprensibile" in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/notizie/?argomento=a%00b", "/biblioteca/?q=%00&provincia=%00TV"]
)
def test_a_filter_with_a_nul_is_an_unknown_word(path: str) -> None:
    news_page()
    assert Client().get(path).status_code == 200
