"""Suggestions while typing, within each reader's rights."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.core.access import MEMBERS, PUBLIC, STAFF, organisation_token
from portal.organisations.models import Organisation
from search.engines.base import Engine
from search.models import PastQuery
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.pages import content_page, restrict_to_members

pytestmark = pytest.mark.django_db
PATH = "/cerca/suggerimenti/"


def suggested(client: Client, typed: str) -> list[tuple[str, str]]:
    """Return what is suggested, as kind and words."""
    answer = client.get(PATH, {"q": typed})
    assert answer.status_code == 200
    return [(one["what"], one["label"]) for one in answer.json()["suggestions"]]


def test_titles_that_the_reader_may_see(
    treviso: Organisation, member: User, outsider: User, waiting: User, redattore: User
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


def test_every_typed_word_begins_a_word_of_the_title() -> None:
    document("testo", title="Schema di convenzione per l'edilizia")
    titles = [("Documento", "Schema di convenzione per l'edilizia")]
    for typed in ("conv", "CONV sch", "edil", "schema di conv"):
        assert suggested(Client(), typed) == titles, typed
    assert suggested(Client(), "venzione") == []


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
