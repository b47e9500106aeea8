"""What is archived is found with its filter, and says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.core.access import PUBLIC, organisation_token
from portal.organisations.models import Organisation
from search.engines.base import Engine
from search.indexing import drain
from search.matches import matching_ids
from search.parameters import Parameters
from search.services.saved import parameters_of, save_search, saved_form
from search.sources.documents import DocumentSource
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.pages import content_page

pytestmark = pytest.mark.django_db
LEFT_OUT = "non è compreso"


@pytest.fixture
def shelf(index: Engine, treviso: Organisation) -> Engine:
    """A document in use, an old one for all, an old one for Treviso, and a page."""
    now = timezone.now()
    document("sopralluogo", title="Verbale nuovo", year=2025)
    document("sopralluogo", title="Verbale vecchio", year=2019, archived_at=now)
    document(
        "sopralluogo",
        title="Verbale interno vecchio",
        archived_at=now,
        audience=organisation_token(treviso.pk),
    )
    content_page(title="Pagina del sopralluogo").save_revision().publish()
    drain()
    return index


def asked(client: Client, **query: Any) -> tuple[set[str], dict[str, int], int]:
    """Return the titles, the counts of the states and the total of the API."""
    data = client.get("/api/v1/search/", {"q": "sopralluogo", **query}).json()
    states = {option["value"]: option["count"] for option in data["facets"]["state"]}
    return {result["title"] for result in data["results"]}, states, data["count"]


NEW = {"Verbale nuovo", "Pagina del sopralluogo"}
OLD = {"Verbale vecchio"}
INNER = {"Verbale interno vecchio"}


def test_each_reader_counts_and_finds_her_own_archive(
    shelf: Engine, member: User, outsider: User, waiting: User, admin: User, redattore: User
) -> None:
    cast = [(None, OLD), (waiting, OLD), (outsider, OLD), (redattore, OLD), (member, OLD | INNER)]
    for person, archived in cast:
        client = client_of(person) if person else Client()
        states = {"in-uso": 2, "archiviati": len(archived)}
        both = ["in-uso", "archiviati"]
        for query, expected in (
            ({}, NEW),
            ({"stato": "in-uso"}, NEW),
            ({"stato": "archiviati"}, archived),
            ({"stato": both}, NEW | archived),
            ({"stato": "altro"}, set()),
        ):
            titles, counts, total = asked(client, **query)
            assert (titles, total) == (expected, len(expected)), (person, query)
            assert counts == states
    assert asked(Client(), stato="archiviati", anno="2025")[2] == 0


def test_other_facets_count_what_is_in_force(shelf: Engine) -> None:
    def years(**query: Any) -> dict[str, int]:
        query |= {"q": "sopralluogo", "tipo": "document"}
        data = Client().get("/api/v1/search/", query).json()
        return {option["value"]: option["count"] for option in data["facets"]["year"]}

    assert years() == {"2025": 1}
    assert years(stato="archiviati") == {"2019": 1}
    assert years(stato=["archiviati", "in-uso"]) == {"2025": 1, "2019": 1}


def test_the_api_says_what_is_archived(shelf: Engine) -> None:
    query = {"q": "sopralluogo", "stato": ["in-uso", "archiviati"]}
    results = Client().get("/api/v1/search/", query).json()["results"]
    assert {one["title"]: one["archived"] for one in results} == {
        "Verbale nuovo": False,
        "Pagina del sopralluogo": False,
        "Verbale vecchio": True,
    }


def test_the_page_offers_the_archive_without_javascript(shelf: Engine) -> None:
    page = Client().get("/cerca/", {"q": "sopralluogo"})
    text = page.content.decode()
    assert "1 documento archiviato non è compreso" in text
    assert 'href="?q=sopralluogo&amp;stato=archiviati&amp;stato=in-uso"' in text
    assert 'href="?q=sopralluogo&amp;stato=archiviati"' in text
    assert '<input type="checkbox" id="stato=in-uso" name="stato" value="in-uso" checked>' in text
    assert '<input type="checkbox" id="stato=archiviati" name="stato" value="archiviati">' in text
    assert "togli il filtro" not in text
    # The box that is on by itself makes no filter of it.
    again = Client().get("/cerca/", {"q": "sopralluogo", "stato": "in-uso"}).content.decode()
    assert "togli il filtro" not in again
    assert LEFT_OUT in again
    only = Client().get("/cerca/", {"q": "sopralluogo", "stato": "archiviati"}).content.decode()
    assert "archiviato</p>" in only
    assert "Archiviati" in only
    assert "togli il filtro" in only
    assert LEFT_OUT not in only
    box = '<input type="checkbox" id="stato=archiviati" name="stato" value="archiviati" checked>'
    assert box in only


def test_the_archive_is_not_offered_where_nothing_of_it_answers(index: Engine) -> None:
    document("sopralluogo")
    document("altro", archived_at=timezone.now())
    drain()
    text = Client().get("/cerca/", {"q": "sopralluogo"}).content.decode()
    assert 'name="stato"' not in text
    assert LEFT_OUT not in text


def test_nothing_in_use_still_leads_to_the_archive(index: Engine) -> None:
    document("biancospino", title="Vecchio atto", archived_at=timezone.now())
    drain()
    text = Client().get("/cerca/", {"q": "biancospino"}).content.decode()
    assert "Vecchio atto" not in text
    assert "1 documento archiviato non è compreso" in text


def test_archiving_moves_from_one_count_to_the_other(index: Engine, member: User) -> None:
    made = document("sopralluogo", title="Atto", uploaded_by_user=member)
    drain()
    assert asked(Client()) == ({"Atto"}, {"in-uso": 1}, 1)
    client_of(member).post(f"/biblioteca/{made.pk}/archivia/")
    drain()
    assert asked(Client()) == (set(), {"archiviati": 1}, 0)
    client_of(member).post(f"/biblioteca/{made.pk}/riapri/")
    drain()
    assert asked(Client()) == ({"Atto"}, {"in-uso": 1}, 1)


def test_saved_searches_and_exports_keep_the_filter(shelf: Engine, member: User) -> None:
    plain = parameters_of("q=sopralluogo")
    assert saved_form(parameters_of("q=sopralluogo&stato=in-uso")) == saved_form(plain)
    only = parameters_of("q=sopralluogo&stato=archiviati")
    assert saved_form(only) == "q=sopralluogo&stato=archiviati"
    assert len(matching_ids(member, plain, 100)) == 2
    assert len(matching_ids(member, only, 100)) == 2
    saved = save_search(member, only, "Vecchi verbali", "daily")
    assert saved.told.count() == 2
    assert not mail.outbox
    for query, lines in ((plain, 3), (only, 2)):
        answer = Client().get(f"/cerca/risultati.csv?{query.query_string()}")
        assert len(answer.content.decode("utf-8-sig").strip().splitlines()) == lines


def test_titles_searched_without_an_engine_leave_the_archive_out(db: None) -> None:
    kept = document(title="Sopralluogo nuovo", audience=PUBLIC)
    document(title="Sopralluogo vecchio", archived_at=timezone.now())
    assert DocumentSource().titled(AnonymousUser(), ["sopralluogo"], 10) == [kept.pk]


def test_parameters_read_the_unasked_state() -> None:
    for address, chosen, force in (
        ("", set(), {"in-uso"}),
        ("stato=in-uso", set(), {"in-uso"}),
        ("stato=archiviati", {"archiviati"}, {"archiviati"}),
        ("stato=archiviati&stato=in-uso", {"archiviati", "in-uso"}, {"archiviati", "in-uso"}),
    ):
        read = Parameters.read(QueryDict(address))
        assert read.filters["state"] == chosen
        assert read.narrowing["state"] == force
        assert read.in_force("network") == set()
