"""Saved searches and past queries: whose they are, what can be done with them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from search.engines.base import Engine, EngineError
from search.indexing import drain
from search.models import Frequency, PastQuery, SavedSearch
from search.parameters import Parameters
from search.services import saved as service
from search.services.log import forget_old
from tests.conftest import client_of
from tests.factories.library import document

pytestmark = pytest.mark.django_db
LIST = "/account/ricerche/"
NEW = "/account/ricerche/nuova/"
ROME = ZoneInfo("Europe/Rome")


def parameters(address: str = "q=cartografia&rete=sua") -> Parameters:
    """Return the parameters of an address."""
    return Parameters.read(QueryDict(address))


@pytest.fixture
def saved(index: Engine, member: User) -> SavedSearch:
    return service.save_search(member, parameters(), "Cartografia", Frequency.DAILY)


def test_the_page_of_results_leads_to_a_search_saved_with_all_its_filters(
    index: Engine, member: User
) -> None:
    document("cartografia", title="Uno")
    drain()
    client = client_of(member)
    asked = {"q": "cartografia", "rete": "sua", "anno": ["2021", "2022"], "sort": "date"}
    page = client.get("/cerca/", asked).content.decode()
    assert "Avvisami dei nuovi risultati" in page
    where = f"{NEW}?q=cartografia&rete=sua&anno=2021&anno=2022&sort=date&page=1"
    form = client.get(where).content.decode()
    assert "cartografia – Rete: SUA · Anno: 2021 · Anno: 2022" in form
    answer = client.post(where, {"name": " Le\n carte ", "frequency": "weekly"}, follow=True)
    assert "Le carte" in answer.content.decode()
    one = SavedSearch.objects.get()
    assert (one.user, one.name, one.frequency) == (member, "Le carte", "weekly")
    kept = service.parameters_of(one.query_string)
    assert kept.filters["year"] == {"2021", "2022"}
    assert kept.filters["network"] == {"sua"}
    again = client.post(where, {"name": "Altro", "frequency": "daily"})
    assert again.status_code == 422
    assert "già tra le sue ricerche salvate" in again.content.decode()
    assert 'value="Altro"' in again.content.decode()
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize("data", [{"name": "", "frequency": "daily"}, {"name": "x" * 101}, {}])
def test_bad_input(index: Engine, member: User, data: dict[str, str]) -> None:
    answer = client_of(member).post(f"{NEW}?q=x", data)
    assert answer.status_code == 422
    assert not SavedSearch.objects.exists()


def test_nothing_to_save_leads_to_the_search(index: Engine, member: User) -> None:
    assert client_of(member).get(NEW)["Location"] == "/cerca/"


def test_not_more_than_some(index: Engine, member: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(service, "MOST", 1)
    service.save_search(member, parameters("q=uno"), "Uno", Frequency.DAILY)
    with pytest.raises(ValidationError, match="al massimo 1"):
        service.save_search(member, parameters("q=due"), "Due", Frequency.DAILY)


def test_an_engine_that_does_not_answer_keeps_what_was_typed(
    index: Engine, member: User, monkeypatch: Any
) -> None:
    def refuse(*args: Any) -> None:
        raise EngineError("down")

    monkeypatch.setattr(type(index), "search", refuse)
    answer = client_of(member).post(f"{NEW}?q=x", {"name": "Mia", "frequency": "daily"})
    assert answer.status_code == 422
    assert "non risponde" in answer.content.decode()
    assert 'value="Mia"' in answer.content.decode()
    assert not SavedSearch.objects.exists()


ACTS = ["", "sospendi/", "elimina/", "ripristina/"]


@pytest.mark.parametrize("act", ACTS)
def test_verdicts(act: str, saved: SavedSearch, member: User, outsider: User) -> None:
    path = f"{LIST}{saved.pk}/{act}"
    prefix = f"ricerca-{saved.pk}"
    data = {f"{prefix}-name": "Nuovo nome", f"{prefix}-frequency": "weekly", "sospesa": "1"}
    if act == "ripristina/":
        service.delete(saved)
    before = SavedSearch.objects.filter(pk=saved.pk).values().get()
    assert "/account/login/" in Client().post(path, data)["Location"]
    assert client_of(outsider).post(path, data).status_code == 404
    assert SavedSearch.objects.filter(pk=saved.pk).values().get() == before
    assert client_of(member).post(path, data).status_code == 302
    assert SavedSearch.objects.filter(pk=saved.pk).values().get() != before
    if act:
        assert client_of(member).get(path).status_code == 405
    else:
        assert client_of(outsider).get(path).status_code == 404


def test_rename_pause_and_a_deletion_taken_back(saved: SavedSearch, member: User) -> None:
    client = client_of(member)
    prefix = f"ricerca-{saved.pk}"
    wrong = client.post(f"{LIST}{saved.pk}/", {f"{prefix}-name": "", f"{prefix}-frequency": "x"})
    assert wrong.status_code == 422
    saved.refresh_from_db()
    assert saved.name == "Cartografia"
    right = {f"{prefix}-name": "Carte", f"{prefix}-frequency": "immediate"}
    client.post(f"{LIST}{saved.pk}/", right)
    client.post(f"{LIST}{saved.pk}/sospendi/", {"sospesa": "1"})
    saved.refresh_from_db()
    assert (saved.name, saved.frequency, saved.paused) == ("Carte", "immediate", True)
    assert "Riprendi gli avvisi" in client.get(LIST).content.decode()
    page = client.post(f"{LIST}{saved.pk}/elimina/", follow=True).content.decode()
    assert "Annulla l&#x27;eliminazione" in page or "Annulla l'eliminazione" in page
    assert not SavedSearch.objects.kept().exists()
    client.post(f"{LIST}{saved.pk}/ripristina/")
    assert SavedSearch.objects.kept().count() == 1


def test_a_deletion_is_for_good_after_a_month(saved: SavedSearch) -> None:
    service.delete(saved)
    assert service.forget_deleted() == 0
    SavedSearch.objects.update(deleted_at=timezone.now() - dt.timedelta(days=31))
    assert service.forget_deleted() > 0
    assert not SavedSearch.objects.exists()


def test_the_same_search_saved_again_is_not_restored_twice(
    saved: SavedSearch, member: User
) -> None:
    service.delete(saved)
    service.save_search(member, parameters(), "Di nuovo", Frequency.DAILY)
    page = client_of(member).post(f"{LIST}{saved.pk}/ripristina/", follow=True)
    assert "già tra le sue ricerche salvate" in page.content.decode()
    assert SavedSearch.objects.kept().count() == 1


@pytest.mark.parametrize("asked", ["abc", "9" * 30, "-1", ""])
def test_an_odd_address_of_the_list(saved: SavedSearch, member: User, asked: str) -> None:
    assert client_of(member).get(LIST, {"eliminata": asked}).status_code == 200


def test_the_list_costs_the_same_at_two_and_at_twenty(index: Engine, member: User) -> None:
    client = client_of(member)
    client.get(LIST)
    prices = []
    for first, last in ((0, 2), (2, 20)):
        for number in range(first, last):
            address = f"q=parola{number}&rete=sua&provincia=TV"
            service.save_search(member, parameters(address), str(number), Frequency.DAILY)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        prices.append(len(queries))
    assert prices[0] == prices[1]


def test_the_own_area_shows_them(saved: SavedSearch, member: User, outsider: User) -> None:
    assert "Cartografia" in client_of(member).get("/account/").content.decode()
    assert "Cartografia" not in client_of(outsider).get("/account/").content.decode()
    assert "Avvisami dei nuovi risultati" in client_of(outsider).get("/account/").content.decode()


@pytest.mark.parametrize(
    ("frequency", "now", "then"),
    [
        ("daily", dt.datetime(2026, 3, 3, 6, 0), dt.datetime(2026, 3, 3, 7, 0)),
        ("daily", dt.datetime(2026, 3, 3, 7, 0), dt.datetime(2026, 3, 4, 7, 0)),
        ("daily", dt.datetime(2026, 3, 28, 12, 0), dt.datetime(2026, 3, 29, 7, 0)),
        ("weekly", dt.datetime(2026, 3, 3, 6, 0), dt.datetime(2026, 3, 9, 7, 0)),
        ("weekly", dt.datetime(2026, 3, 9, 6, 59), dt.datetime(2026, 3, 9, 7, 0)),
        ("weekly", dt.datetime(2026, 3, 9, 7, 0), dt.datetime(2026, 3, 16, 7, 0)),
        ("immediate", dt.datetime(2026, 3, 9, 7, 0), dt.datetime(2026, 3, 9, 7, 0)),
    ],
)
def test_when_the_next_letter_may_leave(
    frequency: str, now: dt.datetime, then: dt.datetime
) -> None:
    found = service.next_moment(frequency, now.replace(tzinfo=ROME))
    assert found == then.replace(tzinfo=ROME)


def test_past_queries_are_ones_own_and_can_be_forgotten(
    index: Engine, member: User, outsider: User
) -> None:
    client = client_of(member)
    for words in ("lavori stradali", "Lavori  stradali", "RSSMRA80A01H501U", "gare"):
        client.get("/cerca/", {"q": words})
    Client().get("/cerca/", {"q": "anonima"})
    assert set(PastQuery.objects.values_list("text", flat=True)) == {"lavori stradali", "gare"}
    assert "lavori stradali" in client.get(LIST).content.decode()
    assert "lavori stradali" not in client_of(outsider).get(LIST).content.decode()
    one = PastQuery.objects.get(text="gare")
    forget = f"{LIST}passate/"
    client_of(outsider).post(forget, {"ricerca": str(one.pk)})
    client_of(outsider).post(forget)
    assert PastQuery.objects.count() == 2
    client.post(forget, {"ricerca": str(one.pk)})
    assert PastQuery.objects.count() == 1
    client.post(forget)
    assert not PastQuery.objects.exists()


def test_only_the_last_past_queries_are_kept(member: User, outsider: User) -> None:
    PastQuery.objects.bulk_create(PastQuery(user=member, text=f"q{n}") for n in range(60))
    PastQuery.objects.create(user=outsider, text="altra")
    forget_old()
    assert member.past_queries.count() == 50
    assert outsider.past_queries.count() == 1
