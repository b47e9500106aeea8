"""Suggestions while typing, within each reader's rights."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communities.search_source import POSTS_IN_A_PART
from portal.accounts.models import User
from portal.core.access import MEMBERS, PUBLIC, STAFF, organisation_token
from portal.library.models import Document
from portal.organisations.models import Organisation
from search.engines.base import Engine
from search.indexing import drain, rebuild
from search.models import PastQuery
from tests.conftest import client_of
from tests.factories.communities import insider, space, topic
from tests.factories.library import document
from tests.factories.pages import content_page, restrict_to_members
from tests.search.engines import at

pytestmark = pytest.mark.django_db
PATH = "/cerca/suggerimenti/"


def suggested(client: Client, typed: str) -> list[tuple[str, str]]:
    """Return what is suggested, as kind and words."""
    answer = client.get(PATH, {"q": typed})
    assert answer.status_code == 200
    return [(one["what"], one["label"]) for one in answer.json()["suggestions"]]


def test_titles_that_the_reader_may_see(
    index: Engine,
    treviso: Organisation,
    member: User,
    outsider: User,
    waiting: User,
    redattore: User,
) -> None:
    for name, audience in (
        ("pubblica", PUBLIC),
        ("dei membri", MEMBERS),
        ("di Treviso", organisation_token(treviso.pk)),
        ("di redazione", STAFF),
    ):
        document("testo", title=f"Planimetria {name}", audience=audience)
    page = content_page(title="Planimetrie: la pagina")
    hidden = content_page(title="Planimetrie riservate")
    restrict_to_members(hidden)
    content_page(title="Planimetrie in bozza", live=False)
    rebuild(lambda count: None)
    public = {"Planimetria pubblica", "Planimetrie: la pagina"}
    members = public | {"Planimetria dei membri", "Planimetrie riservate"}
    cases: list[tuple[User | None, set[str]]] = [
        (None, public),
        (waiting, public),
        (outsider, members),
        (member, members | {"Planimetria di Treviso"}),
        (redattore, members | {"Planimetria di redazione"}),
    ]
    for person, expected in cases:
        client = client_of(person) if person else Client()
        assert {label for _, label in suggested(client, "planim")} == expected
    assert page.url in str(Client().get(PATH, {"q": "planim"}).json())


def test_the_last_word_may_be_unfinished(index: Engine) -> None:
    made = document("testo", title="Schema di convenzione per la città e l'edilizia")
    titles = [(made.get_kind_display(), made.title)]
    drain()
    for typed in ("conv", "CONVENZIONI sch", "edil", "schema di conv", "citta", "CITTÀ edil"):
        assert suggested(Client(), typed) == titles, typed
    for typed in ("venzione", "convenzione zzz", "testo"):
        assert suggested(Client(), typed) == []


def test_titles_are_checked_before_the_index_has_caught_up(index: Engine) -> None:
    made, other = document(title="Planimetria"), document(title="Planimetria bis")
    drain()
    Document.objects.filter(pk=made.pk).update(audience=STAFF)
    other.delete()
    assert suggested(Client(), "planim") == []


def test_discussions_once_and_to_those_inside_only(index: Engine, outsider: User) -> None:
    room = space()
    talk = topic(room, title="Riparto dei costi", replies=POSTS_IN_A_PART + 1)
    drain()
    lines = client_of(talk.author).get(PATH, {"q": "ripar"}).json()["suggestions"]
    assert lines == [
        {"what": "Domanda", "label": "Riparto dei costi", "url": talk.get_absolute_url()}
    ]
    for client in (Client(), client_of(outsider), client_of(insider(space()))):
        assert suggested(client, "ripar") == []


@pytest.mark.parametrize("there", [True, False], ids=["engine", "no engine"])
def test_one_title_costs_what_many_cost(index: Engine, settings: Any, there: bool) -> None:
    costs = []
    for more in (1, 6):
        for number in range(more):
            document(title=f"Planimetria {more} {number}")
            content_page(title=f"Planimetria della pagina {more} {number}")
        if there:
            rebuild(lambda count: None)
        else:
            at(settings, "http://127.0.0.1:1")
        Client().get(PATH, {"q": "planim"})
        with CaptureQueriesContext(connection) as asked:
            found = suggested(Client(), "planim")
        assert len(found) == (2 if more == 1 else 8 if there else 6)
        assert [what for what, _ in found].count("Altro") == len(found) / 2
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_titles_come_from_the_database_meanwhile(
    index: Engine, settings: Any, redattore: User, outsider: User
) -> None:
    room = space()
    talk = topic(room, title="Planimetria in discussione")
    document("testo", title="Planimetria pubblica")
    document("testo", title="Planimetria di redazione", audience=STAFF)
    restrict_to_members(content_page(title="Planimetrie riservate"))
    at(settings, "http://127.0.0.1:1")
    members = {"Planimetria pubblica", "Planimetrie riservate"}
    for client, expected in (
        (Client(), {"Planimetria pubblica"}),
        (client_of(outsider), members),
        (client_of(talk.author), members | {talk.title}),
        (client_of(redattore), members | {"Planimetria di redazione"}),
    ):
        assert {label for _, label in suggested(client, "planim")} == expected


def test_kinds_and_provinces_lead_to_filtered_results(index: Engine) -> None:
    assert ("Tipo di contenuto", "Buone pratiche") in suggested(Client(), "buone pr")
    assert suggested(Client(), "provincia di trev") == [("Provincia", "Treviso")]
    assert ("Provincia", "Treviso") in suggested(Client(), "tv")
    for one in Client().get(PATH, {"q": "trevi"}).json()["suggestions"]:
        assert one["url"] == "/cerca/?provincia=TV"
        assert Client().get(one["url"]).status_code == 200


def test_past_queries_are_suggested_to_their_owner_only(member: User, outsider: User) -> None:
    PastQuery.objects.create(user=member, text="lavori stradali")
    assert suggested(client_of(member), "strad") == [("Già cercato", "lavori stradali")]
    assert suggested(client_of(outsider), "strad") == []
    assert suggested(Client(), "strad") == []


@pytest.mark.parametrize(
    "typed", ["", "a", " ", "\x00\x00", "%", "_" * 3, "'\"(", "x" * 5000, "🏛️ab"]
)
def test_odd_input(typed: str) -> None:
    document("testo", title="Un titolo")
    assert suggested(Client(), typed) == []
    assert Client().post(PATH).status_code == 405


def test_no_cache_keeps_them() -> None:
    assert Client().get(PATH, {"q": "ab"})["Cache-Control"] == "no-store, private"


def test_the_boxes_say_where_to_ask(index: Engine) -> None:
    text = Client().get("/cerca/").content.decode()
    assert text.count(f'data-suggest="{PATH}"') == 2
