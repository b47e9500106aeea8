"""Into a space and out of it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from communities.models import (
    JoinPolicy,
    Level,
    Membership,
    MembershipRole,
    MembershipState,
    ModerationLog,
)
from communities.services.memberships import (
    MembershipError,
    appoint,
    ask_to_join,
    decide_request,
    leave,
    readmit,
    remove,
)
from portal.accounts.models import User
from portal.core.access import audience_tokens
from portal.organisations.models import Affiliation, AffiliationState
from tests.conftest import client_of
from tests.factories.communities import insider, space, topic

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    """Return a person as the next request finds her."""
    return User.objects.get(pk=user.pk)


def test_asking_waiting_being_in(member: User) -> None:
    room = space()
    boss = insider(room, MembershipRole.MODERATOR)
    asked = ask_to_join(member, room, "Seguo le gare")
    assert asked.state == MembershipState.REQUESTED
    assert room.token not in audience_tokens(member)
    assert ask_to_join(member, room).pk == asked.pk
    assert decide_request(boss, asked, admit=True)
    assert not decide_request(boss, asked, admit=False, reason="Tardi")
    assert room.token in audience_tokens(fresh(member))
    assert ModerationLog.objects.get().actor == boss


def test_an_open_space_lets_in_at_once(member: User) -> None:
    room = space(join_policy=JoinPolicy.OPEN)
    assert ask_to_join(member, room).state == MembershipState.ACTIVE
    assert room.token in audience_tokens(member)


def test_who_has_no_verified_body_is_told(waiting: User) -> None:
    room = space(join_policy=JoinPolicy.OPEN)
    with pytest.raises(PermissionDenied):
        ask_to_join(waiting, room)
    answer = client_of(waiting).post(f"/comunita/{room.slug}/entra/", follow=True)
    assert "serve l&#x27;affiliazione verificata" in answer.content.decode()
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    "wanted",
    ["-1", "search:search", "//altrove.example.org/", "https://altrove.example.org/", "/\\x.it"],
)
def test_a_form_leads_to_no_other_place(member: User, wanted: str) -> None:
    room = space(join_policy=JoinPolicy.OPEN)
    answer = client_of(member).post(f"/comunita/{room.slug}/entra/", {"next": wanted})
    assert answer["Location"] == room.get_absolute_url()


def test_a_refusal_has_a_reason_and_is_not_for_ever(member: User) -> None:
    room = space()
    boss = insider(room, MembershipRole.MODERATOR)
    asked = ask_to_join(member, room)
    with pytest.raises(ValueError, match="reason"):
        decide_request(boss, asked, admit=False)
    decide_request(boss, asked, admit=False, reason="Manca l'ufficio")
    assert "Manca l&#x27;ufficio" in client_of(member).get(room.page.url).content.decode()
    assert ask_to_join(member, room).state == MembershipState.REQUESTED


def test_leaving(member: User) -> None:
    room = space()
    boss = insider(room, MembershipRole.OWNER)
    with pytest.raises(MembershipError, match="unica"):
        leave(boss, room)
    inside = insider(room)
    assert leave(inside, room)
    assert not leave(inside, room)
    assert room.token not in audience_tokens(inside)
    ask_to_join(member, room)
    assert leave(member, room), "a request is taken back"


def test_being_made_to_leave_and_readmitted(member: User) -> None:
    room = space()
    boss = insider(room, MembershipRole.MODERATOR)
    who = insider(room)
    membership = Membership.objects.get(user=who)
    with pytest.raises(ValueError, match="reason"):
        remove(boss, membership, "")
    with pytest.raises(PermissionDenied):
        remove(insider(room), membership, "Motivo")
    assert remove(boss, membership, "Pubblicità")
    assert room.token not in audience_tokens(fresh(who))
    with pytest.raises(MembershipError, match="rientrare"):
        ask_to_join(who, room)
    assert readmit(boss, membership)
    assert room.token in audience_tokens(fresh(who))
    another = Membership.objects.get(user=insider(room, MembershipRole.MODERATOR))
    with pytest.raises(PermissionDenied):
        remove(boss, another, "Motivo")


def test_appointing_gives_the_second_factors_group(direttore: User) -> None:
    room = space()
    who = insider(room)
    membership = Membership.objects.get(user=who)
    with pytest.raises(PermissionDenied):
        appoint(insider(room, MembershipRole.MODERATOR), membership, MembershipRole.OWNER)
    assert appoint(direttore, membership, MembershipRole.MODERATOR)
    assert not appoint(direttore, membership, MembershipRole.MODERATOR)
    membership.refresh_from_db()
    assert membership.level == Level.FOLLOWING
    assert who.groups.filter(name="Moderatori").exists()


def test_who_loses_the_body_loses_the_space() -> None:
    room = space()
    who = insider(room)
    talk = topic(room)
    assert client_of(who).get(talk.get_absolute_url()).status_code == 200
    Affiliation.objects.filter(user=who).update(state=AffiliationState.ENDED)
    assert client_of(who).get(talk.get_absolute_url()).status_code == 404
    assert room.token not in audience_tokens(fresh(who))


def test_from_the_page_to_the_space(member: User) -> None:
    room = space()
    boss = insider(room, MembershipRole.OWNER)
    client = client_of(member)
    assert "Chiedi di entrare" in client.get(room.page.url).content.decode()
    refused = client.get(room.get_absolute_url())
    assert refused.status_code == 403
    assert "Chiedi di entrare" in refused.content.decode()
    long = client.post(f"/comunita/{room.slug}/entra/", {"message": "x" * 501})
    assert long.status_code == 422
    assert "x" * 501 in long.content.decode()
    client.post(f"/comunita/{room.slug}/entra/", {"message": "Seguo le gare"})
    assert "Richiesta in attesa" in client.get(room.page.url).content.decode()
    asked = Membership.objects.get(user=member)
    people = client_of(boss).get(f"/comunita/{room.slug}/componenti/").content.decode()
    assert "Seguo le gare" in people
    assert (
        "Seguo le gare"
        not in client_of(insider(room)).get(f"/comunita/{room.slug}/componenti/").content.decode()
    )
    assert "aspettano lei" in client_of(boss).get("/account/").content.decode()
    client_of(boss).post(f"/comunita/adesioni/{asked.pk}/ammetti/")
    assert client.get(room.get_absolute_url()).status_code == 200
    client.post(f"/comunita/{room.slug}/avvisi/", {"level": "seguo"})
    asked.refresh_from_db()
    assert (asked.level, asked.by_mail) == (Level.FOLLOWING, False)
    assert client.post(f"/comunita/{room.slug}/avvisi/", {"level": "boh"}).status_code == 422
    refusal = client_of(boss).post(f"/comunita/adesioni/{asked.pk}/rifiuta/", {"reason": ""})
    assert refusal.status_code == 422
    client_of(boss).post(f"/comunita/adesioni/{asked.pk}/rifiuta/", {"reason": "Prova"})
    assert client.get(room.get_absolute_url()).status_code == 403
    assert "Riammetti" in client_of(boss).get(f"/comunita/{room.slug}/componenti/").content.decode()
