"""Results as CSV, XLSX and RSS."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import User
from portal.core.access import MEMBERS, STAFF
from search import exports
from search.engines.base import Engine, EngineError
from search.indexing import drain
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.pages import content_page

pytestmark = pytest.mark.django_db
CSV, XLSX, RSS = "/cerca/risultati.csv", "/cerca/risultati.xlsx", "/cerca/rss/"
TITLE = '=HYPERLINK("http://esempio","x")'


@pytest.fixture
def shelf(index: Engine) -> None:
    document("toponomastica", title="Per tutti", year=2022)
    document("toponomastica", title="Per i membri", audience=MEMBERS, year=2021)
    document("toponomastica", title="Di redazione", audience=STAFF, year=2022)
    content_page(title="Toponomastica", summary="Una pagina").save_revision().publish()
    drain()


def as_rows(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def cells(data: bytes) -> list[tuple[Any, ...]]:
    """Return the values of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [tuple(cell.value for cell in row) for row in book.active.iter_rows()]


def test_within_the_readers_rights(
    shelf: None, member: User, waiting: User, redattore: User
) -> None:
    public = {"Per tutti", "Toponomastica"}
    cases: list[tuple[User | None, set[str]]] = [
        (None, public),
        (waiting, public),
        (member, public | {"Per i membri"}),
        (redattore, public | {"Per i membri", "Di redazione"}),
    ]
    for person, expected in cases:
        client = client_of(person) if person else Client()
        found = as_rows(client.get(CSV, {"q": "toponomastica"}).content)
        assert {row["Titolo"] for row in found} == expected
        table = cells(client.get(XLSX, {"q": "toponomastica"}).content)
        assert {row[1] for row in table[1:]} == expected
        assert table[0] == exports.HEADINGS


def test_filters_and_heading(shelf: None) -> None:
    answer = Client().get(CSV, {"q": "toponomastica", "anno": "2022", "tipo": "document"})
    (row,) = as_rows(answer.content)
    assert row["Titolo"] == "Per tutti"
    assert row["Indirizzo"].startswith("http")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="risultati.csv"'
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", TITLE])
def test_no_cell_is_a_formula(index: Engine, start: str) -> None:
    document("toponomastica", title=start)
    drain()
    (row,) = as_rows(Client().get(CSV, {"q": "toponomastica"}).content)
    assert row["Titolo"] == f"'{start}"
    data = Client().get(XLSX, {"q": "toponomastica"}).content
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["B2"]
    assert (cell.value, cell.data_type) == (start, "s")


def test_not_more_than_the_limit(index: Engine, monkeypatch: Any) -> None:
    for number in range(7):
        document("toponomastica", title=f"N {number}")
    drain()
    monkeypatch.setattr("search.matches.BATCH", 3)
    assert len(as_rows(Client().get(CSV, {"q": "toponomastica"}).content)) == 7
    monkeypatch.setattr(exports, "MOST", 5)
    found = as_rows(Client().get(CSV, {"q": "toponomastica"}).content)
    assert [row["Posizione"] for row in found] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("path", [CSV, XLSX, RSS])
@pytest.mark.parametrize(
    "asked",
    [{}, {"q": ""}, {"q": "\x00\x01"}, {"q": '"' * 99}, {"tipo": "fantasia"}, {"q": "x" * 9999}],
)
def test_odd_addresses(index: Engine, path: str, asked: dict[str, str]) -> None:
    document("testo")
    drain()
    answer = Client().get(path, asked)
    assert answer.status_code == 200
    assert Client().post(path, asked).status_code in (200, 405)
    if path == RSS:
        ET.fromstring(answer.content)


def feed_titles(client: Client, **asked: str) -> list[str]:
    """Return the titles of the feed."""
    tree = ET.fromstring(client.get(RSS, asked).content)
    return [str(item.findtext("title")) for item in tree.iter("item")]


def test_the_feed_is_for_everybody_whoever_asks(shelf: None, redattore: User) -> None:
    for client in (Client(), client_of(redattore)):
        assert set(feed_titles(client, q="toponomastica")) == {"Per tutti", "Toponomastica"}
    assert feed_titles(Client(), q="toponomastica", anno="2022", tipo="document") == ["Per tutti"]
    assert feed_titles(Client(), q="toponomastica astronave") == []


def test_the_page_leads_to_them(shelf: None) -> None:
    text = Client().get("/cerca/", {"q": "toponomastica", "anno": "2022"}).content.decode()
    for path in (CSV, XLSX, RSS):
        assert f"{path}?q=toponomastica&amp;anno=2022" in text


def test_too_many_exports_are_asked_to_wait(index: Engine, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"search_export": "1/h/ip"}
    cache.clear()
    assert Client().get(CSV, {"q": "x"}).status_code == 200
    assert Client().get(CSV, {"q": "x"}).status_code == 429


@pytest.mark.parametrize("path", [CSV, XLSX, RSS])
def test_an_engine_that_does_not_answer_is_said(index: Engine, path: str, monkeypatch: Any) -> None:
    def refuse(*args: Any) -> None:
        raise EngineError("down")

    monkeypatch.setattr(type(index), "search", refuse)
    answer = Client().get(path, {"q": "toponomastica"})
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "non risponde" in answer.content.decode()
