"""A token in every private field, looked for everywhere as everybody who must not read it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from communities.models import Event, MembershipRole, Notification, ReviewItem
from communities.services.drafts import keep_draft
from communities.services.memberships import ask_to_join
from communities.services.moderation import flag_post, hide_post
from communities.services.notifications import fan_out
from communities.services.posting import reply
from communities.services.posts import edit_post
from communities.writing import written
from learning.models import EditionState
from portal.accounts.models import User
from portal.core.access import STAFF, organisation_token
from portal.library.models import DocumentKit, IncomingFile, KitEntry
from portal.library.services.norms import cite_norms
from portal.library.tasks import extract_version
from portal.organisations.models import Affiliation, AffiliationState, Network, Organisation
from search.engines.base import Engine
from search.indexing import drain
from search.models import Frequency, PastQuery, PinnedAnswer, PinnedItem, QueryCount, Synonym
from search.services.saved import parameters_of, save_search
from tests.conftest import client_of
from tests.factories.communities import insider, sent, space, topic
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
from tests.search.engines import make_configured

pytestmark = pytest.mark.django_db
CANARY = "canarinozeta"


@pytest.fixture
def index(tmp_path: Any, settings: Any) -> Engine:
    return make_configured(settings, tmp_path / "index")


@pytest.fixture
def planted(index: Engine, brescia: Organisation, redattore: User) -> list[str]:
    """Plant the token wherever something is not for everybody; return the private addresses."""
    sua = Network.objects.get(slug="sua")
    home_page()
    network = network_page("sua")
    private = [
        document(
            f"{CANARY} nel testo, vista la l. 56/2014",
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
    thrown = document(title=f"{CANARY} nel cestino", trashed_at=timezone.now())
    IncomingFile.objects.create(user=redattore, filename=f"{CANARY}.txt", size=9, error=CANARY)
    kits = [
        DocumentKit.objects.create(title="Raccolta pubblica", slug="pubblica"),
        DocumentKit.objects.create(
            title=f"{CANARY} raccolta", slug="riservata", audience=STAFF, introduction=CANARY
        ),
    ]
    for kit in kits:
        for position, row in enumerate([*private, thrown]):
            KitEntry.objects.create(kit=kit, document=row, position=position)
    for made in private:
        made.tags.add(f"{CANARY}-etichetta")
        version = made.current_version
        assert version is not None
        assert cite_norms(version) == 1
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
    rooms = planted_communities()
    PastQuery.objects.create(user=redattore, text=f"{CANARY} ricerca passata")
    QueryCount.objects.create(day=timezone.localdate(), text=f"{CANARY} ricerca contata", count=1)
    Synonym.objects.create(word=CANARY, meanings="testo nel documento")
    answer = PinnedAnswer.objects.create(query="documento", note=CANARY)
    for order, made in enumerate(private):
        PinnedItem.objects.create(answer=answer, document=made, sort_order=order)
    PinnedItem.objects.create(answer=answer, page=pages[0], sort_order=9)
    drain()
    asked = parameters_of("q=testo")
    save_search(redattore, asked, f"{CANARY} ricerca salvata", Frequency.IMMEDIATE)
    addresses = [f"/biblioteca/{made.pk}/{tail}" for made in [*private, thrown] for tail in TAILS]
    addresses += [f"/biblioteca/{child.pk}/" for child in children]
    addresses += rooms
    return addresses + [page.url for page in (*pages, *drafts, hidden.page) if page.url]


def planted_communities() -> list[str]:
    """Plant the token in a space: title, posts, files, drafts, reports, requests, notifications."""
    room = space()
    who, boss = insider(room), insider(room, MembershipRole.OWNER)
    talk = topic(room, who, title=f"{CANARY} discussione", text=f"{CANARY} intervento")
    file = SimpleUploadedFile(f"{CANARY}.txt", f"{CANARY} allegato".encode())
    draft = keep_draft(boss, room, talk, written(CANARY, "text"), title=CANARY, files=[file])
    answer = reply(boss, talk, sent(boss, f"{CANARY} risposta", draft=draft))
    extract_version(answer.attachments.get().document.current_version_id)
    edit_post(boss, answer, written(f"{CANARY} corretto", "text"))
    keep_draft(who, room, talk, written(f"{CANARY} bozza", "text"))
    keep_draft(who, room, None, written(f"{CANARY} bozza", "text"), title=f"{CANARY} bozza")
    flag_post(who, answer, "altro", CANARY)
    hidden = reply(who, talk, sent(who, f"{CANARY} nascosto"))
    hide_post(boss, hidden, f"{CANARY} motivo")
    asked = ask_to_join(AffiliationFactory().user, room, f"{CANARY} presentazione")
    for event in Event.objects.all():
        fan_out(event)
    notice = Notification.objects.filter(user=who).first() or Notification.objects.first()
    assert notice is not None
    item = ReviewItem.objects.get(post=answer)
    return [
        *(f"/comunita/{room.slug}/{tail}" for tail in SPACE_TAILS),
        *(
            f"/comunita/discussioni/{talk.pk}/{tail}"
            for tail in ("", "2/", "?pagina=1&cita=2", "simili/")
        ),
        *(f"/comunita/interventi/{answer.pk}/{tail}" for tail in POST_TAILS),
        *(f"/comunita/interventi/{hidden.pk}/{tail}" for tail in POST_TAILS),
        f"/comunita/segnalazioni/{item.pk}/",
        f"/comunita/adesioni/{asked.pk}/rifiuta/",
        f"/account/avvisi/{notice.pk}/",
        *(
            f"/biblioteca/{one.document_id}/{tail}"
            for one in answer.attachments.all()
            for tail in TAILS
        ),
    ]


SPACE_TAILS = [
    "",
    "discussioni/",
    "discussioni/?elenco=non-lette",
    "discussioni/nuova/",
    "componenti/",
    "moderazione/",
    "avvisi/",
]
POST_TAILS = ["", "modifica/", "versioni/", "segnala/", "nascondi/"]
TAILS = [
    *("", "stato/", "pagina/1/", "pagina/1/?q=testo", "pagina/", "scarica/"),
    *("modifica/", "elimina/", "contenuto/", "scarica/?contenuto"),
    *("pagina/1/?versione=2", "versioni/", "versioni/1/pagina/1/", "versioni/1/scarica/"),
    "versioni/1/scarica/?contenuto",
    *("versioni/confronta/", "versioni/nuova/"),
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
    "/biblioteca/norme/",
    "/biblioteca/norme/?atto=urn:nir:stato:legge:2014;56",
    "/biblioteca/miei/",
    "/biblioteca/proposte/",
    "/biblioteca/cestino/",
    "/biblioteca/?stato=tutti",
    "/biblioteca/raccolte/",
    "/biblioteca/raccolte/pubblica/",
    "/biblioteca/raccolte/riservata/",
    "/biblioteca/carica/piu-file/",
    "/biblioteca/carica/piu-file/rivedi/",
    "/account/",
    "/account/richieste/",
    "/mappa-del-sito/",
    "/comunita/",
    "/account/avvisi/",
    "/formazione/",
    "/formazione/?rete=sua",
    "/formazione/i-miei-corsi/",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/robots.txt",
    "/osservatorio/province/",
    "/una-pagina-assente/",
    "/account/ricerche/",
    "/cerca/suggerimenti/?q=" + CANARY[:6],
    "/cerca/suggerimenti/?q=docum",
    "/cerca/rss/?q=testo",
    "/cerca/rss/?q=documento",
    "/cerca/risultati.csv?q=testo",
    "/cerca/risultati.csv?q=documento",
    "/cerca/aiuto/",
    "/cerca/avanzata/",
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
        if path.startswith(("/biblioteca/", "/comunita/", "/account/")):
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
