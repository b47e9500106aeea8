"""What is counted of searches, what is not, and what the redazione sees."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.core.access import STAFF
from search.engines.base import Engine
from search.indexing import drain
from search.models import OpenedCount, PastQuery, QueryCount
from search.services import log
from tests.conftest import client_of
from tests.factories.library import document

pytestmark = pytest.mark.django_db
REPORT = "/gestione/ricerca/fatte/"
OPENED = "/cerca/aperto/"

PERSONAL = [
    "RSSMRA80A01H501U",
    "rssmra80a01h501u certificato",
    "RSS MRA 80A01 H501U",
    "mario@provincia.example",
    "0422 656000",
    "+39 333 1234567",
    "3331234567",
    "041-2501111",
    "IT60X0542811101000000123456",
    "partita iva 00764780397",
]
HARMLESS = [
    "art. 62 d.lgs. 36/2023",
    "l. 56/2014 e d.lgs. 50/2016",
    "PON 2014-2020",
    "2021 2022 2023",
    "del 13/04/2022",
    "soglia 150.000 euro",
    "SUA convenzione",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_what_looks_personal_is_not_kept(index: Engine, member: User, text: str) -> None:
    assert log.looks_personal(text)
    client_of(member).get("/cerca/", {"q": text})
    assert not QueryCount.objects.exists()
    assert not PastQuery.objects.exists()


@pytest.mark.parametrize("text", HARMLESS)
def test_norms_years_and_sums_are_kept(text: str) -> None:
    assert not log.looks_personal(text)


def test_counts_by_day_without_who(index: Engine, member: User) -> None:
    document("altimetria", title="Uno")
    drain()
    for client in (Client(), client_of(member)):
        client.get("/cerca/", {"q": " Altimetria "})
    Client().get("/cerca/", {"q": "parolachenonce"})
    counted = QueryCount.objects.get(text="altimetria")
    assert (counted.count, counted.empty, counted.day) == (2, 0, timezone.localdate())
    assert QueryCount.objects.get(text="parolachenonce").empty == 1
    names = {field.name for field in QueryCount._meta.get_fields()}
    assert names == {"id", "day", "text", "count", "empty"}


def test_a_search_is_counted_once_not_at_every_filter(index: Engine) -> None:
    for more in ({}, {"page": "2"}, {"rete": "sua"}, {"sort": "date"}):
        Client().get("/cerca/", {"q": "altimetria", **more})
    assert QueryCount.objects.get().count == 1
    Client().get("/cerca/", {"q": "parola " * 60})
    Client().get("/cerca/")
    assert QueryCount.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Le Gare della SUA", "le gare della SUA"),
        ("GARE DELLA SUA", "gare della sua"),
        ("sua", "sua"),
        ("Bando O Avviso", "bando O avviso"),
        ("SUA O CUC", "SUA O CUC"),
        ("(SUA O CUC) NON Lavori", "(SUA O CUC) NON lavori"),
        ("Comuni NEAR/10 Convenzione", "comuni NEAR/10 convenzione"),
    ],
)
def test_acronyms_and_operators_stay_in_capitals(typed: str, kept: str) -> None:
    assert log.normalised(typed) == kept


def test_a_count_that_fails_stops_no_search(index: Engine, monkeypatch: Any) -> None:
    def refuse(*args: Any, **more: Any) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(log, "_add_one", refuse)
    assert Client().get("/cerca/", {"q": "altimetria"}).status_code == 200


def test_what_was_opened_is_counted_by_a_signed_word(index: Engine) -> None:
    made = document("altimetria", title="Uno")
    drain()
    text = Client().get("/cerca/", {"q": "altimetria"}).content.decode()
    found = re.search(r'data-opened="([^"]+)"', text)
    assert found
    assert f'data-object="document:{made.pk}"' in text
    strict = Client(enforce_csrf_checks=True)
    form = {"ricerca": found[1], "oggetto": f"document:{made.pk}"}
    assert strict.post(OPENED, form).status_code == 204
    assert strict.post(OPENED, form).status_code == 204
    counted = OpenedCount.objects.get()
    assert (counted.text, counted.object_id, counted.count) == (
        "altimetria",
        f"document:{made.pk}",
        2,
    )
    for wrong in (
        {},
        {**form, "oggetto": "document:999"},
        {**form, "ricerca": "x" + form["ricerca"]},
        {"ricerca": "a:b:c", "oggetto": "x"},
    ):
        assert strict.post(OPENED, wrong).status_code == 400
    assert strict.get(OPENED).status_code == 405
    assert OpenedCount.objects.get().count == 2


def test_a_personal_query_gets_no_word(index: Engine) -> None:
    document("scrivere a mario@provincia.example", title="Uno")
    drain()
    text = Client().get("/cerca/", {"q": "mario@provincia.example"}).content.decode()
    assert "data-opened" not in text


def test_the_redazione_sees_what_is_missing(index: Engine, redattore: User, member: User) -> None:
    shown = document("altimetria", title="Aperto da molti")
    hidden = document("altimetria", title="Riservato agli amministratori", audience="user:0")
    today = timezone.localdate()
    QueryCount.objects.create(day=today, text="bivacco montano", count=4, empty=3)
    QueryCount.objects.create(day=today, text="altimetria", count=9)
    old = today - dt.timedelta(days=60)
    QueryCount.objects.create(day=old, text="vecchia ricerca", count=1, empty=1)
    for made in (shown, hidden):
        OpenedCount.objects.create(
            day=today, text="altimetria", object_id=f"document:{made.pk}", count=2
        )
    client = client_of(redattore)
    text = client.get(REPORT).content.decode()
    assert "bivacco montano" in text
    assert "altimetria" not in text
    assert "vecchia ricerca" not in text
    assert "/gestione/sinonimi/new/?word=bivacco+montano" in text
    assert "/gestione/risposte/new/?query=bivacco+montano" in text
    assert "vecchia ricerca" in client.get(REPORT, {"giorni": "365"}).content.decode()
    frequent = client.get(REPORT, {"vista": "frequenti"}).content.decode()
    assert "Aperto da molti" in frequent
    assert "Riservato agli amministratori" not in frequent
    form = client.get("/gestione/sinonimi/new/?word=bivacco").content.decode()
    assert 'value="bivacco"' in form
    for odd in ({"giorni": "x"}, {"p": "99999"}, {"p": "x"}, {"vista": "x"}):
        assert client.get(REPORT, odd).status_code == 200
    assert client_of(member).get(REPORT).status_code in (302, 403)


def test_old_counts_are_forgotten() -> None:
    long_ago = timezone.localdate() - dt.timedelta(days=log.KEPT_DAYS + 1)
    QueryCount.objects.create(day=long_ago, text="vecchia", count=1)
    OpenedCount.objects.create(day=long_ago, text="vecchia", object_id="page:1", count=1)
    QueryCount.objects.create(day=timezone.localdate(), text="nuova", count=1)
    log.forget_old()
    assert [row.text for row in QueryCount.objects.all()] == ["nuova"]
    assert not OpenedCount.objects.exists()


def test_a_private_title_is_in_no_count(index: Engine, redattore: User) -> None:
    document("altimetria", title="Segreto", audience=STAFF)
    drain()
    Client().get("/cerca/", {"q": "altimetria"})
    assert QueryCount.objects.get().empty == 1
