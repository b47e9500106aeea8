"""What the search page says of a query: corrections, strictness, what was not understood."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from django.test import Client

from portal.accounts.models import User
from portal.core.access import STAFF, organisation_token
from portal.organisations.models import Network, Organisation
from search.engines.base import Engine
from search.indexing import drain, heal, sweep
from search.models import IndexState, OutboxRow
from tests.conftest import client_of
from tests.factories.library import document

pytestmark = pytest.mark.django_db
API = "/api/v1/search/"


def page(**query: Any) -> str:
    """Return the search page as an anonymous reader sees it."""
    return Client().get("/cerca/", query).content.decode()


def titles(client: Client, words: str, **more: Any) -> set[str]:
    """Return the titles that the API answers with."""
    found = client.get(API, {"q": words, **more}).json()["results"]
    return {result["title"] for result in found}


@pytest.fixture
def shelf(index: Engine, treviso: Organisation) -> None:
    """Documents with facets of every kind."""
    sua = Network.objects.get(slug="sua")
    tagged = document(
        "la convenzione tra i comuni",
        title="Schema",
        kind="schema",
        networks=[sua],
        organisation=treviso,
        year=2022,
    )
    tagged.tags.add("riuso")
    tagged.save()
    document("il verbale della seduta", title="Verbale", kind="verbale", year=2019)
    document("canarinozeta", title="Interno", audience=STAFF)
    drain()


def test_a_misspelt_word_is_corrected_only_with_what_the_reader_may_see(
    shelf: None, redattore: User
) -> None:
    text = page(q="convensione")
    assert "i risultati sono per <strong>convenzione</strong>" in text
    assert 'href="?q=convensione&amp;strict=1"' in text
    exactly = page(q="convensione", strict="1")
    assert 'Forse cercava: <a href="?q=convenzione&amp;strict=1">convenzione</a>' in exactly
    assert "risultati sono per" not in page(q="convenzione")
    assert Client().get(API, {"q": "canarinozetta"}).json()["corrected"] == ""
    insider = client_of(redattore).get(API, {"q": "canarinozetta"}).json()
    assert insider["corrected"] == "canarinozeta"


def test_the_strict_alternative_is_offered_and_can_be_left(shelf: None) -> None:
    text = page(q="convenzione comuni astronave")
    assert "Nessun contenuto ha tutte le parole" in text
    assert "?q=convenzione+comuni+astronave&amp;strict=1" in text
    strict = page(q="convenzione comuni astronave", strict="1")
    assert "Nessun risultato" in strict
    assert 'href="?q=convenzione+comuni+astronave"' in strict
    assert 'name="strict"' in strict
    assert titles(Client(), "convenzione E astronave") == set()


def test_what_was_not_understood_is_said(shelf: None) -> None:
    assert "Le parentesi non sono in coppia" in page(q="(convenzione")
    assert "Manca una delle virgolette" in page(q='convenzione "tra i')
    assert "Il valore «Atlantide»" in page(q="convenzione provincia:Atlantide")
    notes = Client().get(API, {"q": "anno:ieri convenzione"}).json()["notes"]
    assert notes == ["Il valore «ieri» non è tra quelli che si possono scegliere."]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("provincia:TV", {"Schema"}),
        ("provincia:treviso", {"Schema"}),
        ('provincia:"Provincia di Treviso"', {"Schema"}),
        ("rete:sua", {"Schema"}),
        ("tipo:verbale", {"Verbale"}),
        ("tipo:documenti anno:2019", {"Verbale"}),
        ("tipo:documento", {"Schema", "Verbale"}),
        ("anno:2018-2022", {"Schema", "Verbale"}),
        ("titolo:schemi O titolo:verb*", {"Schema", "Verbale"}),
        ("tipo:astronave", set()),
    ],
)
def test_fields_by_the_names_that_people_type(shelf: None, words: str, expected: set[str]) -> None:
    assert titles(Client(), words) == expected


def test_every_facet_has_a_name_and_filters(shelf: None, treviso: Organisation) -> None:
    text = page(q="convenzione O verbale")
    for name in ("Genere di documento", "Parola chiave", "Provincia di Treviso", "Schema", "riuso"):
        assert name in text
    for filters in (
        {"genere": "schema"},
        {"ente": str(treviso.pk)},
        {"parola": "riuso"},
        {"provincia": "TV", "rete": "sua", "anno": ["2022", "2021"]},
    ):
        assert titles(Client(), "", **filters) == {"Schema"}


def test_mine_and_everybodys(index: Engine, member: User, treviso: Organisation) -> None:
    document("gara", title="Ente", audience=organisation_token(treviso.pk))
    document("gara", title="Tutti")
    drain()
    client = client_of(member)
    counts = client.get(API, {"q": "gara"}).json()["facets"]["scope"]
    assert counts == [{"value": "mine", "count": 1}, {"value": "public", "count": 1}]
    assert titles(client, "gara", ambito="mine") == {"Ente"}
    assert "Miei e del mio ente" in client.get("/cerca/", {"q": "gara"}).content.decode()
    assert "Per chi" not in page(q="gara")
    assert titles(Client(), "gara", ambito="mine") == set()


def test_a_page_beyond_the_last_leads_back(shelf: None) -> None:
    text = page(q="convenzione", page="99")
    assert "Questa pagina dei risultati non c" in text
    assert 'href="?q=convenzione"' in text


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"},
        {"page": "1000000000"},
        {"page": "x"},
        {"sort": "casuale"},
        {"tipo": ["x"] * 31},
    ],
)
def test_the_api_explains_what_makes_no_sense(shelf: None, query: dict[str, Any]) -> None:
    answer = Client().get(API, {"q": "convenzione", **query})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    schema = Client().get("/api/v1/schema/").json()
    described = schema["paths"][API]["get"]["responses"]["400"]["content"]
    jsonschema.validate(answer.json(), described["application/problem+json"]["schema"])
    assert answer.json()["invalid-params"][0]["name"] in query
    assert Client().get("/cerca/", {"q": "convenzione", **query}).status_code == 200


def test_an_emptied_index_fills_itself(shelf: None, index: Engine) -> None:
    assert heal() == 0
    index.activate(index.begin())
    assert titles(Client(), "convenzione") == set()
    assert heal() >= 3
    assert titles(Client(), "convenzione") == {"Schema"}


def test_the_sweep_finds_what_the_index_lost_or_kept(shelf: None, index: Engine) -> None:
    held = dict(index.inventory())
    lost = next(iter(sorted(held)))
    index.delete([lost], IndexState.next_seq())
    assert sweep() == 1
    assert not OutboxRow.objects.exists()
    assert lost in dict(index.inventory())
    assert sweep() == 0
