"""Documents and discussions like the one that is open, within each reader's rights."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communities.models import Topic
from communities.search_source import POSTS_IN_A_PART
from portal.accounts.models import User
from portal.core.access import STAFF
from portal.organisations.models import Network
from search.engines.base import Engine
from search.indexing import drain
from tests.conftest import client_of
from tests.factories.communities import insider, space, topic
from tests.factories.library import document
from tests.search import engines

pytestmark = pytest.mark.django_db
CANARY = "canarinozeta"
GARA = """La gara per i lavori della scuola elementare: capitolato, offerta economica, ribasso,
commissione aggiudicatrice, cauzione provvisoria, subappalto, verifica dell'anomalia, stipula."""
PIANO = """Il piano di formazione digitale del personale: competenze, aule, docenti, calendario,
iscrizioni, attestati, questionari di gradimento, risorse finanziarie, monitoraggio annuale."""
COSTI = """Come si ripartiscono i costi della stazione unica tra i Comuni convenzionati: per
abitanti, per numero di procedure, a scaglioni, oppure con una quota fissa annuale?"""
POSTA = "Quando comincia il corso sulla posta certificata, e chi rilascia le caselle ai Sindaci?"


@pytest.fixture
def away(settings: Any) -> None:
    """Leave the portal with a search server where nobody listens."""
    engines.at(settings, "http://127.0.0.1:1")


def shown(client: Client, path: str) -> tuple[str, list[str]]:
    """Return the heading of the neighbours of a document and their titles."""
    page = client.get(path).content.decode()
    section = re.search(r'<h2 id="vicini">(.*?)</h2>(.*?)</section>', page, re.S)
    if section is None:
        return "", []
    return section[1], re.findall(r'result__title"><a[^>]*>(.*?)</a>', section[2])


def like(client: Client, talk: Topic) -> list[str]:
    """Return the titles of the discussions like one."""
    answer = client.get(f"{talk.get_absolute_url()}simili/")
    assert answer.status_code == 200
    return re.findall(r"<li><a[^>]*>(.*?)</a>", answer.content.decode())


def test_documents_that_the_reader_may_see(
    index: Engine, outsider: User, waiting: User, redattore: User
) -> None:
    one = document(GARA, title="Gara per la scuola")
    document(f"{GARA} bis", title="Gara per il ponte")
    document(f"{GARA} {CANARY}", title=f"Gara {CANARY}", audience=STAFF)
    document(PIANO, title="Piano di formazione")
    drain()
    path = one.get_absolute_url()
    for client in (Client(), client_of(waiting), client_of(outsider)):
        assert shown(client, path) == ("Documenti simili", ["Gara per il ponte"])
        assert CANARY not in client.get(path).content.decode()
    heading, titles = shown(client_of(redattore), path)
    assert heading == "Documenti simili"
    assert set(titles) == {"Gara per il ponte", f"Gara {CANARY}"}


def test_documents_are_checked_before_the_index_has_caught_up(index: Engine) -> None:
    one, other = (document(GARA, title=f"Gara {number}") for number in (1, 2))
    drain()
    assert shown(Client(), one.get_absolute_url())[1] == ["Gara 2"]
    type(other).objects.filter(pk=other.pk).update(audience=STAFF)
    assert shown(Client(), one.get_absolute_url()) == ("", [])


def test_neighbours_by_network_without_likes_or_engine(index: Engine, away: None) -> None:
    sua = Network.objects.get(slug="sua")
    one = document(GARA, title="Gara", networks=[sua])
    document(GARA, title="Altra gara", networks=[sua])
    document(GARA, title=f"Gara {CANARY}", networks=[sua], audience=STAFF)
    assert shown(Client(), one.get_absolute_url()) == ("Documenti vicini", ["Altra gara"])


def test_neighbours_by_network_when_nothing_is_like(index: Engine) -> None:
    sua = Network.objects.get(slug="sua")
    one = document(GARA, title="Gara", networks=[sua])
    document(PIANO, title="Piano", networks=[sua])
    drain()
    assert shown(Client(), one.get_absolute_url()) == ("Documenti vicini", ["Piano"])


def test_discussions_that_the_reader_may_see(index: Engine) -> None:
    room, other = space(), space()
    who = insider(room)
    talk = topic(room, title="Riparto dei costi della SUA", text=COSTI)
    topic(room, title="I costi della SUA tra Comuni", text=COSTI)
    topic(room, title="Corso sulla posta certificata", text=POSTA)
    topic(other, title=f"Riparto dei costi {CANARY}", text=COSTI)
    document(COSTI, title="Riparto dei costi della SUA")
    drain()
    assert like(client_of(who), talk) == ["I costi della SUA tra Comuni"]
    page = client_of(who).get(talk.get_absolute_url()).content.decode()
    assert f'data-hx-get="{talk.get_absolute_url()}simili/"' in page
    link = re.search(r'<a href="([^"]*)">Discussioni simili</a>', page)
    assert link
    plain = client_of(who).get(link[1].replace("&amp;", "&")).content.decode()
    assert "I costi della SUA tra" in re.sub("</?mark>", "", plain)
    assert CANARY not in plain
    stranger = client_of(insider(other)).get(f"{talk.get_absolute_url()}simili/")
    assert stranger.status_code == 404


def test_a_discussion_that_was_deleted_or_is_long_is_there_once_or_not(index: Engine) -> None:
    room = space()
    who = insider(room)
    words: dict[str, Any] = {"title": "Riparto dei costi della SUA", "text": COSTI}
    talk = topic(room, **words)
    long = topic(room, replies=POSTS_IN_A_PART + 2, **words)
    drain()
    assert like(client_of(who), talk) == [long.title]
    assert like(client_of(who), long) == [talk.title]
    Topic.objects.filter(pk=talk.pk).update(deleted_at=talk.created_at)
    assert like(client_of(who), long) == []


def test_no_likes_without_the_engine(index: Engine, away: None) -> None:
    room = space()
    talk = topic(room)
    answer = client_of(insider(room)).get(f"{talk.get_absolute_url()}simili/")
    assert answer.status_code == 200
    assert answer.content.strip() == b""


def test_one_costs_what_many_cost(index: Engine) -> None:
    room = space()
    client = client_of(insider(room))
    one, talk = document(GARA), topic(room, title="Riparto dei costi")
    paths = [one.get_absolute_url(), f"{talk.get_absolute_url()}simili/"]
    costs = []
    for more in (1, 6):
        for _ in range(more):
            document(GARA)
            topic(room, title="Riparto dei costi")
        drain()
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            costs.append(len(asked))
    assert costs[:2] == costs[2:]
    assert len(shown(client, paths[0])[1]) == len(like(client, talk)) == 5
