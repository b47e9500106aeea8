"""Discussions and their files in the one search, for who is in the space and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from communities.models import Membership, MembershipRole
from communities.search_source import POSTS_IN_A_PART, TopicSource, part_of, parts_of
from communities.services.drafts import keep_draft
from communities.services.memberships import readmit, remove
from communities.services.moderation import hide_post, show_post
from communities.services.posting import reply
from communities.services.posts import delete_post, edit_post, restore_post
from communities.writing import written
from portal.accounts.models import User
from portal.library.models import DocumentVersion
from portal.library.tasks import extract_version
from search.indexing import drain, rebuild, sweep
from tests.conftest import client_of
from tests.factories.communities import insider, post, sent, space, topic

pytestmark = pytest.mark.django_db


def found(user: User | None, words: str) -> list[str]:
    client = client_of(user) if user else Client()
    data = client.get("/api/v1/search/", {"q": words}).json()
    assert data["count"] == sum(option["count"] for option in data["facets"]["kind"])
    return [result["title"] for result in data["results"]]


def test_a_discussion_is_found_on_the_post_that_answers(index: Any, outsider: User) -> None:
    room = space()
    who = insider(room)
    talk = topic(room, title="Riparto dei costi", text="Come li dividete?", replies=3)
    post(talk, who, "Noi usiamo gli scaglioni per numero di gare.")
    drain()
    data = client_of(who).get("/api/v1/search/", {"q": "scaglioni gare"}).json()
    (result,) = data["results"]
    assert result["title"] == "Riparto dei costi"
    assert result["kind"] == "topic"
    assert [page["number"] for page in result["pages"]] == [5]
    path = result["pages"][0]["url"].split("testserver")[1]
    assert client_of(who).get(path)["Location"] == talk.url_of(5)
    page = client_of(who).get("/cerca/", {"q": "scaglioni gare"}).content.decode()
    assert "Intervento 5" in page
    assert "<mark>scaglioni</mark>" in page
    for stranger in (None, outsider):
        assert found(stranger, "scaglioni gare") == []
        assert "Riparto" not in str(
            (client_of(stranger) if stranger else Client())
            .get("/cerca/", {"q": "riparto costi"})
            .content.decode()
        )


def test_leaving_and_being_removed_take_it_out_at_once(index: Any) -> None:
    room = space()
    boss, who, other = insider(room, MembershipRole.MODERATOR), insider(room), insider(room)
    topic(room, boss, title="Convenzione quadro")
    drain()
    assert found(who, "convenzione quadro") == found(other, "convenzione") == ["Convenzione quadro"]
    client = client_of(who)
    client.post(f"/comunita/{room.slug}/esci/")
    assert found(who, "convenzione quadro") == []
    membership = Membership.objects.get(user=other)
    remove(boss, membership, "Prova")
    assert found(other, "convenzione") == []
    readmit(boss, membership)
    assert found(other, "convenzione") == ["Convenzione quadro"]


def test_what_is_hidden_deleted_or_corrected_follows(index: Any) -> None:
    room = space()
    boss, who = insider(room, MembershipRole.MODERATOR), insider(room)
    talk = topic(room, who, title="Qualificazione")
    answer = post(talk, who, "Parola zefiro.")
    drain()
    assert found(boss, "zefiro") == ["Qualificazione"]
    for undo, do in [
        (lambda: show_post(boss, answer), lambda: hide_post(boss, answer, "Prova")),
        (lambda: restore_post(who, answer), lambda: delete_post(who, answer)),
    ]:
        do()
        drain()
        answer.refresh_from_db()
        assert found(boss, "zefiro") == []
        undo()
        drain()
        answer.refresh_from_db()
        assert found(boss, "zefiro") == ["Qualificazione"]
    edit_post(who, answer, written("Parola scirocco.", "text"))
    drain()
    assert found(boss, "zefiro") == []
    assert found(boss, "scirocco") == ["Qualificazione"]
    lonely = topic(room, who, title="Libeccio")
    drain()
    delete_post(who, lonely.posts.get())
    assert found(boss, "libeccio") == [], "before the index has caught up"
    drain()
    assert found(boss, "libeccio") == []


def test_the_page_of_an_attachment_is_found(index: Any, outsider: User) -> None:
    room = space()
    boss, who = insider(room, MembershipRole.MODERATOR), insider(room)
    talk = topic(room)
    file = SimpleUploadedFile("tabella.txt", b"prima\x0cil maestrale di seconda pagina\n")
    draft = keep_draft(who, room, talk, written("Ecco", "text"), files=[file])
    extract_version(DocumentVersion.objects.get().pk)
    drain()
    assert found(boss, "maestrale") == [], "a draft is its author's"
    answer = reply(who, talk, sent(who, "Ecco", draft=draft))
    drain()
    data = client_of(boss).get("/api/v1/search/", {"q": "maestrale"}).json()
    assert [page["number"] for page in data["results"][0]["pages"]] == [2]
    path = data["results"][0]["pages"][0]["url"].split("testserver")[1]
    assert client_of(boss).get(path).status_code == 200
    assert client_of(outsider).get(path).status_code == 404
    assert found(outsider, "maestrale") == found(None, "maestrale") == []
    hide_post(boss, answer, "Prova")
    assert found(boss, "maestrale") == []
    assert client_of(boss).get(path).status_code == 404
    assert client_of(who).get(path).status_code == 200


def test_long_discussions_are_entries_of_bounded_length(index: Any) -> None:
    room = space()
    talk = topic(room, replies=POSTS_IN_A_PART + 5)
    drain()
    source = TopicSource()
    keys = parts_of(talk.pk, talk.last_number)
    assert len(keys) == 2
    assert source.pks(0, 10) == keys
    assert source.pks(keys[0], 10) == keys[1:]
    items = list(source.load(keys, 1))
    assert [len(item.pages) for item in items] == [POSTS_IN_A_PART, 6]
    assert part_of(talk.pk, POSTS_IN_A_PART) == keys[0]
    assert part_of(talk.pk, POSTS_IN_A_PART + 1) == keys[1]
    sweep()
    assert sweep() == 0
    rebuild(lambda count: None)
    assert found(talk.author, '"Risposta 105"') == [talk.title]
