"""A token in every private field, looked for everywhere as everybody who must not read it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from learning.models import EditionState
from portal.accounts.models import User
from portal.core.access import STAFF, organisation_token
from portal.organisations.models import Affiliation, AffiliationState, Network, Organisation
from search.engines.base import Engine
from search.indexing import drain
from tests.conftest import client_of
from tests.factories.learning import course, edition
from tests.factories.library import document
from tests.factories.pages import (
    content_page,
    event_page,
    home_page,
    network_page,
    news_page,
    practice_page,
    restrict_to_members,
)
from tests.factories.people import AffiliationFactory

pytestmark = pytest.mark.django_db
CANARY = "canarinozeta"


@pytest.fixture
def index(tmp_path: Any, settings: Any) -> Engine:
    import search.engines

    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return search.engines.get_engine()


@pytest.fixture
def planted(index: Engine, brescia: Organisation, redattore: User) -> list[str]:
    """Plant the token wherever something is not for everybody; return the private addresses."""
    sua = Network.objects.get(slug="sua")
    home_page()
    network = network_page("sua")
    private = [
        document(
            f"{CANARY} nel testo",
            title=f"{CANARY} documento",
            description=CANARY,
            audience=token,
            networks=[sua],
            proposed_audience=proposed,
            protocol_number=CANARY,
            name=f"{CANARY}-{number}.txt",
        )
        for number, (token, proposed) in enumerate(
            [(STAFF, ""), (organisation_token(brescia.pk), "public")]
        )
    ]
    for made in private:
        made.tags.add(f"{CANARY}-etichetta")
        version = made.current_version
        assert version is not None
        version.signatures.create(position=1, kind="cades", name=CANARY, organisation=CANARY)
        version.members.create(position=1, name=f"{CANARY}.txt")
    children = [document("Un altro file", title="Figlio", source=made) for made in private]
    pages = [
        content_page(title=f"{CANARY} pagina", summary=CANARY),
        news_page(title=f"{CANARY} notizia", summary=CANARY, network=sua),
        event_page(title=f"{CANARY} evento", summary=CANARY, place=CANARY, network=sua),
        practice_page(network, title=f"{CANARY} pratica", summary=CANARY, contact=CANARY),
    ]
    for page in pages:
        page.topics.add(f"{CANARY}-argomento")
        page.save_revision().publish()
        restrict_to_members(page)
    drafts = [
        content_page(title=f"{CANARY} bozza", summary=CANARY, live=False),
        news_page(title=f"{CANARY} bozza", summary=CANARY, live=False, network=sua),
    ]
    public = news_page(title="Notizia pubblica", network=sua)
    public.title = f"{CANARY} titolo non ancora pubblicato"
    public.save_revision()
    AffiliationFactory(
        state=AffiliationState.PENDING, office=CANARY, organisation=brescia, reason=CANARY
    )
    hidden = course(title=f"{CANARY} corso", network=sua)
    restrict_to_members(hidden.page)
    edition(course=hidden, name=f"{CANARY} edizione riservata", place=CANARY)
    edition(name=f"{CANARY} edizione in bozza", place=CANARY, state=EditionState.DRAFT)
    drain()
    addresses = [f"/biblioteca/{made.pk}/{tail}" for made in private for tail in TAILS]
    addresses += [f"/biblioteca/{child.pk}/" for child in children]
    return addresses + [page.url for page in (*pages, *drafts, hidden.page) if page.url]


TAILS = [
    "",
    "stato/",
    "contenuto/",
    "scarica/?contenuto",
    "pagina/1/",
    "pagina/",
    "scarica/",
    "modifica/",
    "elimina/",
]
PLACES = [
    "/",
    "/reti/",
    "/reti/sua/",
    "/notizie/",
    "/notizie/?rete=sua",
    "/notizie/?argomento=" + CANARY + "-argomento&page=1",
    "/eventi/",
    "/eventi/?quando=passati",
    "/eventi/rss/",
    "/eventi/calendario.ics",
    "/notizie/rss/",
    "/notizie/atom/",
    "/notizie/sua/rss/",
    "/biblioteca/",
    "/biblioteca/?rete=sua",
    "/biblioteca/?formato=txt",
    "/biblioteca/miei/",
    "/biblioteca/proposte/",
    "/account/",
    "/account/richieste/",
    "/mappa-del-sito/",
    "/formazione/",
    "/formazione/?rete=sua",
    "/formazione/i-miei-corsi/",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/robots.txt",
    "/osservatorio/province/",
    "/una-pagina-assente/",
]
ASKED = [CANARY, f'"{CANARY}"', f"{CANARY} testo", "testo nel", "documento", "bozza"]


def body(client: Client, path: str) -> str:
    """Return all that a client gets, redirects followed, what it asked itself taken out."""
    answer = client.get(path, follow=True)
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    where = "".join(str(step) for step in answer.redirect_chain)
    return data.decode("utf-8", "replace") + where + str(dict(answer.headers))


@pytest.mark.parametrize("who", ["anonymous", "waiting"])
def test_nothing_sings(who: str, planted: list[str], waiting: User) -> None:
    client = client_of(waiting) if who == "waiting" else Client()
    for path in [*PLACES, *planted]:
        asked = path.count(CANARY)
        found = body(client, path).replace(f"{CANARY}-argomento&amp;page=1", "")
        own = found.count(f'value="{CANARY}-argomento"')
        if asked:
            assert own <= 1
            found = found.replace(f"{CANARY}-argomento", "")
            found = found.replace(path, "")
        if path in planted:
            # An address that holds the token is the reader's own words, said back by the page.
            found = found.replace(path, "").replace(path.strip("/").split("/")[-1], "")
        assert CANARY not in found, path
    for words in ASKED:
        data = client.get("/api/v1/search/", {"q": words}).json()
        assert CANARY not in str(data), words
        if CANARY in words:
            assert data["count"] == 0
            assert all(not options for options in data["facets"].values())
        text = client.get("/cerca/", {"q": words}).content.decode()
        assert f"{CANARY} " not in text.replace(f'value="{words}"', "").replace(
            f"{words} – Ricerca", ""
        ).replace(words.replace('"', "&quot;"), "")
    assert not [letter for letter in mail.outbox if CANARY in letter.body + letter.subject]


def test_a_member_of_another_body_hears_only_the_members_pages(
    planted: list[str], member: User
) -> None:
    client = client_of(member)
    for path in planted:
        if path.startswith("/biblioteca/"):
            assert CANARY not in body(client, path).replace(path, ""), path
    data = client.get("/api/v1/search/", {"q": CANARY}).json()
    assert {result["kind"] for result in data["results"]} == {
        "page",
        "news",
        "event",
        "practice",
        "course",
    }
    assert "/account/richieste/" not in client.get("/account/").content.decode()
    assert Affiliation.objects.filter(office=CANARY).exists()
