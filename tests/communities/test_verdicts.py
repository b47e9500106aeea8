"""Every address of the communities, as everybody: with the role, without, outside, anonymous."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from communities.models import (
    Flag,
    Membership,
    MembershipRole,
    MembershipState,
    Notification,
    Post,
    ReviewItem,
    Space,
    Topic,
)
from communities.services.memberships import ask_to_join
from communities.services.moderation import flag_post
from communities.services.notifications import fan_out
from communities.urls import urlpatterns
from portal.accounts.models import User
from tests.conftest import client_of
from tests.factories.communities import insider, join, post, space, topic
from tests.factories.people import AffiliationFactory

pytestmark = pytest.mark.django_db


@dataclass
class Room:
    """A space with everything that an address may name, made anew for each try."""

    space: Space
    topic: Topic
    post: Post
    item: ReviewItem
    request: Membership
    seated: Membership
    notice: Notification


def furnish(author: User, asker: User) -> Room:
    room = space()
    join(author, room)
    member = insider(room)
    talk = topic(room, member)
    mine = post(talk, author)
    flag_post(member, mine, "altro")
    event = mine.events.get(kind="risposta")
    fan_out(event)
    return Room(
        room,
        talk,
        mine,
        ReviewItem.objects.get(post=mine),
        ask_to_join(asker, room),
        Membership.objects.get(user=member, space=room),
        Notification.objects.get(event=event, user=member),
    )


# name: what its address names, method, what is sent, and the verdicts of author, plain member,
# moderator, owner, who is in another space, who is verified but in none, UPI's direction.
OK, GO, NO, GONE = 200, 302, 403, 404
WHO = ("author", "member", "moderator", "owner", "elsewhere", "outsider", "direction")
READ = (GO, GO, GO, GO, GONE, GONE, GONE)
SEE = (OK, OK, OK, OK, GONE, GONE, GONE)
OWN = (GO, NO, NO, NO, GONE, GONE, GONE)
FORM_OWN = (OK, NO, NO, NO, GONE, GONE, GONE)
OTHERS = (NO, GO, GO, GO, GONE, GONE, GONE)
MODERATE = (NO, NO, GO, GO, GONE, GONE, GONE)
RUN = (NO, NO, GO, GO, GONE, GONE, GO)
INSIDE = (OK, OK, OK, OK, NO, NO, NO)
VERDICTS: dict[str, tuple[str, str, dict[str, Any], tuple[int, ...]]] = {
    "topics": ("slug", "get", {}, INSIDE),
    "new_topic": ("slug", "get", {}, INSIDE),
    "topic_draft": ("slug", "post", {"body": "x"}, (204, 204, 204, 204, NO, NO, NO)),
    "people": ("slug", "get", {}, (OK, OK, OK, OK, NO, NO, OK)),
    "moderation": ("slug", "get", {}, (NO, NO, OK, OK, NO, NO, OK)),
    "listening": ("slug", "get", {}, INSIDE),
    "all_read": ("slug", "post", {}, (GO, GO, GO, GO, NO, NO, NO)),
    "join": ("slug", "post", {}, (GO,) * 7),
    "leave": ("slug", "post", {}, (GO,) * 7),
    "topic": ("topic", "get", {}, SEE),
    "number": ("topic number", "get", {}, READ),
    "reply": ("topic", "post", {"body": "x", "voice": "personale"}, READ),
    "save_draft": ("topic", "post", {"body": "x"}, (204, 204, 204, 204, GONE, GONE, GONE)),
    "similar": ("topic", "get", {}, SEE),
    "listen": ("topic", "post", {"level": "seguo"}, READ),
    "lock": ("topic", "post", {}, MODERATE),
    "pin": ("topic", "post", {}, MODERATE),
    "post": ("post", "get", {}, READ),
    "history": ("post", "get", {}, SEE),
    "edit": ("post", "get", {}, FORM_OWN),
    "delete": ("post", "post", {}, OWN),
    "restore": ("post", "post", {}, OWN),
    "useful": ("post", "post", {}, OTHERS),
    "accept": ("post", "post", {}, MODERATE),
    "flag": ("post", "post", {"reason": "altro"}, OTHERS),
    "hide": ("post", "post", {"reason": "x"}, MODERATE),
    "show": ("post", "post", {}, MODERATE),
    "decide": ("item", "post", {"reason": "x"}, RUN),
    "admit": ("request", "post", {}, RUN),
    "refuse": ("request", "post", {"reason": "x"}, RUN),
    "appoint": ("seated", "post", {"role": "moderatore"}, (NO, NO, NO, GO, GONE, GONE, GO)),
    "open_notice": ("notice", "get", {}, (GONE,) * 7),
}
PLAIN = {"notices", "all_told", "unsubscribe"}


def keys_of(room: Room, named: str) -> list[Any]:
    return [
        {"slug": room.space.slug, "number": 1}.get(word) or getattr(room, word).pk
        for word in named.split()
    ]


def cast(room: Room, author: User, outsider: User, direttore: User) -> dict[str, User]:
    return {
        "author": author,
        "member": insider(room.space),
        "moderator": insider(room.space, MembershipRole.MODERATOR),
        "owner": insider(room.space, MembershipRole.OWNER),
        "elsewhere": insider(space()),
        "outsider": outsider,
        "direction": direttore,
    }


def test_no_address_is_forgotten() -> None:
    assert {pattern.name for pattern in urlpatterns} == VERDICTS.keys() | PLAIN


def test_verdicts(member: User, outsider: User, direttore: User) -> None:
    room = furnish(member, AffiliationFactory().user)
    people = cast(room, member, outsider, direttore)
    wrong = []
    for name, (named, method, data, verdicts) in VERDICTS.items():
        path = reverse(f"communities:{name}", args=keys_of(room, named))
        for who, expected in zip(WHO, verdicts, strict=True):
            before = transaction.savepoint()
            found = getattr(client_of(people[who]), method)(path, data).status_code
            transaction.savepoint_rollback(before)
            if found != expected:
                wrong.append((name, who, found, expected))
        stranger = getattr(Client(), method)(path, data)
        if stranger.status_code != 302 or "/account/login/" not in stranger["Location"]:
            wrong.append((name, "anonymous", stranger.status_code, "sign in"))
    assert wrong == []


def test_nothing_says_whether_it_exists(outsider: User) -> None:
    room = furnish(insider(space()), AffiliationFactory().user)
    client = client_of(outsider)
    for there, absent in [
        (f"/comunita/discussioni/{room.topic.pk}/", "/comunita/discussioni/999999/"),
        (f"/comunita/interventi/{room.post.pk}/", "/comunita/interventi/999999/"),
        (f"/comunita/segnalazioni/{room.item.pk}/", "/comunita/segnalazioni/999999/"),
    ]:
        assert client.get(there).status_code == client.get(absent).status_code == 404
        assert Client().get(there).status_code == Client().get(absent).status_code == 302


def test_a_space_whose_page_is_not_public_is_unknown_outside(outsider: User) -> None:
    room = space()
    who = insider(room)
    room.page.unpublish()
    path = room.get_absolute_url()
    assert client_of(outsider).get(path).status_code == 404
    assert client_of(outsider).post(f"/comunita/{room.slug}/entra/").status_code == 404
    assert client_of(who).get(path).status_code == 200


def test_the_owner_of_a_request_sees_no_more_than_that(waiting: User) -> None:
    room = furnish(insider(space()), AffiliationFactory().user)
    assert room.request.state == MembershipState.REQUESTED
    asker = client_of(room.request.user)
    assert asker.get(room.space.get_absolute_url()).status_code == 403
    assert asker.get(room.topic.get_absolute_url()).status_code == 404
    assert client_of(waiting).get(room.topic.get_absolute_url()).status_code == 404
    assert Flag.objects.count() == 1


def test_an_administrator_reads_everything(admin: User) -> None:
    room = furnish(insider(space()), AffiliationFactory().user)
    client = client_of(admin)
    for path in (room.space.get_absolute_url(), room.topic.get_absolute_url()):
        assert client.get(path).status_code == 200
