"""The search page and the API, within each reader's rights."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.core.access import MEMBERS, PUBLIC, STAFF, organisation_token, user_token
from portal.library.models import Document
from portal.organisations.models import Affiliation, AffiliationState, Network, Organisation
from search.engines.base import Engine
from search.indexing import drain, rebuild, sweep
from search.models import IndexState, OutboxRow
from search.parameters import NAMES
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.pages import content_page, event_page, news_page, restrict_to_members

pytestmark = pytest.mark.django_db
API = "/api/v1/search/"


def found(client: Client, words: str, **more: str) -> set[str]:
    """Return the titles that the API answers with."""
    answer = client.get(API, {"q": words, **more})
    assert answer.status_code == 200
    return {result["title"] for result in answer.json()["results"]}


@pytest.fixture
def shelf(index: Engine, treviso: Organisation, member: User) -> dict[str, Document]:
    """A document for each audience, all with the same word."""
    audiences = {
        "pubblico": PUBLIC,
        "membri": MEMBERS,
        "ente": organisation_token(treviso.pk),
        "redazione": STAFF,
        "persona": user_token(member.pk),
    }
    made = {
        name: document("prima pagina", f"cartografia {name}", audience=token, title=name.title())
        for name, token in audiences.items()
    }
    drain()
    return made


def test_each_reader_finds_what_is_for_her(
    shelf: dict[str, Document],
    member: User,
    outsider: User,
    waiting: User,
    redattore: User,
    admin: User,
) -> None:
    cases: list[tuple[User | None, set[str]]] = [
        (None, {"Pubblico"}),
        (waiting, {"Pubblico"}),
        (outsider, {"Pubblico", "Membri"}),
        (member, {"Pubblico", "Membri", "Ente", "Persona"}),
        (redattore, {"Pubblico", "Membri", "Redazione"}),
    ]
    for person, expected in cases:
        client = client_of(person) if person else Client()
        assert found(client, "cartografia") == expected
        data = client.get(API, {"q": "cartografia"}).json()
        assert data["count"] == len(expected)
        assert sum(option["count"] for option in data["facets"]["kind"]) == len(expected)
        text = client.get("/cerca/", {"q": "cartografia"}).content.decode()
        for title in ("Pubblico", "Membri", "Ente", "Redazione", "Persona"):
            assert (f">{title}<" in text) is (title in expected)


def test_page_hits_and_the_shape_of_the_api(shelf: dict[str, Document]) -> None:
    data = Client().get(API, {"q": "cartografia"}).json()
    schema = Client().get("/api/v1/schema/").json()
    assert schema["openapi"].startswith("3.")
    answer = schema["paths"][API]["get"]["responses"]["200"]["content"]["application/json"]
    jsonschema.validate(data, answer["schema"])
    result = data["results"][0]
    assert set(result) == {
        "kind",
        "id",
        "title",
        "url",
        "date",
        "network",
        "province",
        "archived",
        "pages",
    }
    assert result["kind"] == "document"
    hit = result["pages"][0]
    assert (hit["number"], hit["label"]) == (2, "p. 2")
    assert hit["snippet"].startswith("cartografia")
    page = Client().get(hit["url"])
    assert page.status_code == 200
    assert "<mark>cartografia</mark>" in page.content.decode()


def test_lenient_is_said(shelf: dict[str, Document]) -> None:
    assert Client().get(API, {"q": "cartografia astronave"}).json()["lenient"] is True
    text = Client().get("/cerca/", {"q": "cartografia astronave"}).content.decode()
    assert "Nessun contenuto ha tutte le parole" in text
    assert "Nessun risultato" in Client().get("/cerca/", {"q": "qzxw"}).content.decode()


def test_facets_in_the_address(index: Engine) -> None:
    sua = Network.objects.get(slug="sua")
    document("geografia", title="Uno", networks=[sua], year=2022)
    document("geografia", title="Due", year=2021)
    drain()
    assert found(Client(), "geografia", rete="sua") == {"Uno"}
    assert found(Client(), "geografia", anno="2021") == {"Due"}
    text = Client().get("/cerca/", {"q": "geografia", "rete": "sua"}).content.decode()
    assert 'value="sua" checked' in text


BAD: list[dict[str, Any]] = [
    {"q": "x", "page": "abc"},
    {"q": "x", "page": "0"},
    {"q": "x", "page": "-1"},
    {"q": "x", "page": "9" * 40},
    {"q": "x", "anno": "abc"},
    {"q": "x", "tipo": ["nessuno"] * 1000},
    {"q": "x", "sort": "casuale"},
    {"q": "a\x00b"},
    {"q": "x", **dict.fromkeys(NAMES.values(), "a\x00b")},
    {"q": "🏛️ \u202e"},
    {"q": "parola " * 15_000},
    {"q": '"' * 999},
]


@pytest.mark.parametrize("query", BAD, ids=range(len(BAD)))
@pytest.mark.parametrize("path", ["/cerca/", API])
def test_bad_input_is_no_error(index: Engine, path: str, query: dict[str, Any]) -> None:
    assert Client().get(path, query).status_code in (200, 400)


@pytest.mark.parametrize("path", ["/cerca/?q=%ff%fe", "/api/v1/search/?q=%C3%28&tipo=%ff"])
def test_broken_utf8(index: Engine, path: str) -> None:
    assert Client().get(path).status_code in (200, 400)
    assert Client().post(path).status_code == 405


def test_what_changes_leaves_the_results_at_once(
    shelf: dict[str, Document], member: User, treviso: Organisation
) -> None:
    """The worker does not run in this test: the answers are right before it does."""
    public = shelf["pubblico"]
    public.audience = MEMBERS
    public.save()
    assert found(Client(), "cartografia") == set()
    public.delete()
    assert "Pubblico" not in found(client_of(member), "cartografia")
    shelf["membri"].current_version.pages.all().delete()
    affiliation = Affiliation.objects.get(user=member)
    affiliation.state = AffiliationState.ENDED
    affiliation.save()
    assert found(client_of(member), "cartografia") == {"Persona"}


def test_pages_leave_at_once_too(index: Engine, member: User) -> None:
    page = content_page(title="Topografia", summary="Topografia")
    child = content_page(page, title="Topografia minore", summary="Topografia")
    for one in (page, child):
        one.save_revision().publish()
    drain()
    titles = {"Topografia", "Topografia minore"}
    assert found(Client(), "topografia") == titles
    restrict_to_members(page)
    assert found(Client(), "topografia") == set()
    assert Client().get(API, {"q": "topografia"}).json()["count"] == 0
    drain()
    assert found(client_of(member), "topografia") == titles
    child.unpublish()
    assert found(client_of(member), "topografia") == {"Topografia"}
    page.delete()
    assert found(client_of(member), "topografia") == set()


def test_the_outbox_is_part_of_the_transaction(index: Engine) -> None:
    from django.db import transaction

    before = OutboxRow.objects.count()
    with transaction.atomic():
        document("testo")
        assert OutboxRow.objects.count() > before
        transaction.set_rollback(True)
    assert OutboxRow.objects.count() == before


def test_rebuild_and_sweep(index: Engine) -> None:
    one = document("idrografia", title="Uno")
    drain()
    rebuild(lambda *args: None)
    assert found(Client(), "idrografia") == {"Uno"}
    index.delete([f"document:{one.pk}"], IndexState.next_seq())
    assert found(Client(), "idrografia") == set()
    Document.objects.filter(pk=one.pk).update(title="Uno")
    assert sweep() >= 0
    rebuild(lambda *args: None)
    assert found(Client(), "idrografia") == {"Uno"}


def test_the_price_of_two_and_of_ten(index: Engine) -> None:
    prices = []
    for more in (2, 10):
        for _ in range(more):
            document("orografia", "orografia bis")
        drain()
        Client().get("/cerca/", {"q": "orografia"})
        with CaptureQueriesContext(connection) as queries:
            answer = Client().get("/cerca/", {"q": "orografia"})
        prices.append(len(queries))
        assert answer.content.decode().count('class="result"') == min(more if more == 2 else 12, 10)
    assert prices[0] == prices[1]


def test_pages_of_networks_and_provinces_with_documents_cost_no_more(
    index: Engine, treviso: Organisation
) -> None:
    prices = []
    networks = list(Network.objects.all())
    for more in (2, 3):
        for number in range(more):
            network = networks[number % len(networks)]
            chosen = [("document", document("pianta", title=f"Pianta {number}"))]
            news_page(title="Agrimensura", network=network, province=treviso)
            event_page(title="Agrimensura", documents=chosen)
        rebuild(lambda *args: None)
        Client().get("/cerca/", {"q": "agrimensura"})
        with CaptureQueriesContext(connection) as queries:
            answer = Client().get("/cerca/", {"q": "agrimensura"})
        prices.append(len(queries))
        html = answer.content.decode()
        assert html.count('class="result"') == (4 if more == 2 else 10)
        assert "Provincia di Treviso" in html
    assert prices[0] == prices[1]


def test_snippets_are_escaped(index: Engine) -> None:
    document('stratigrafia <script>alert("x")</script>', title="<b>Stratigrafia</b>")
    drain()
    text = Client().get("/cerca/", {"q": "stratigrafia"}).content.decode()
    assert "<script>alert" not in text
    assert "<b>" not in text
    hit = Client().get(API, {"q": "stratigrafia"}).json()["results"][0]
    assert "<script>" not in json.dumps(hit["pages"])


def test_dots_that_lead_to_a_page_take_no_room(index: Engine) -> None:
    document(
        "Indice\nPaleografia" + " ." * 90 + " 3\nImpegni del notaio" + "_" * 60, title="Registro"
    )
    drain()
    hit = Client().get(API, {"q": "paleografia"}).json()["results"][0]
    assert hit["pages"][0]["snippet"].split() == (
        ["Indice", "Paleografia", "…", "3", "Impegni", "del", "notaio…"]
    )
