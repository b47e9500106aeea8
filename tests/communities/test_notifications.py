"""Who hears of what, by which way, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from communities.models import (
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    Level,
    Membership,
    MembershipRole,
    Notification,
    TopicReader,
)
from communities.services.memberships import ask_to_join, decide_request, remove
from communities.services.moderation import flag_post, hide_post
from communities.services.notifications import fan_out, unsubscribe_path
from communities.services.posts import accept_answer, delete_post
from communities.tasks import fan_out as fan_out_task
from communities.tasks import resume_events
from portal.accounts.models import User
from portal.organisations.models import Affiliation, AffiliationState
from tests.conftest import client_of, run_queued
from tests.factories.communities import insider, post, space, topic

pytestmark = pytest.mark.django_db


def tell_all() -> list[EmailMessage]:
    """Do what the worker does, and return the letters it sent."""
    mail.outbox = []
    for pk in Event.objects.order_by("pk").values_list("pk", flat=True):
        fan_out_task(pk)
    return mail.outbox


def told(user: User) -> list[str]:
    found = Notification.objects.filter(user=user).order_by("pk")
    return list(found.values_list("event__kind", flat=True))


def test_an_answer_reaches_who_follows_and_nobody_else() -> None:
    room = space()
    asker, helper, quiet, muted = (insider(room) for _ in range(4))
    talk = topic(room, asker)
    TopicReader.objects.create(user=muted, topic=talk, level=Level.MUTED)
    post(talk, helper, "Ecco la convenzione.")
    letters = tell_all()
    assert told(asker) == [EventKind.REPLY]
    assert told(helper) == told(quiet) == told(muted) == []
    (letter,) = letters
    assert letter.to == [asker.email]
    assert letter.subject == f"Risposta: {talk.title}"
    assert "Ecco la convenzione." in letter.body
    assert "Ufficio appalti, Provincia di Treviso" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_new_discussion_reaches_who_follows_the_space() -> None:
    room = space()
    keen, calm = insider(room, level=Level.FOLLOWING), insider(room)
    unmailed = insider(room, level=Level.FOLLOWING, by_mail=False)
    elsewhere = insider(space(), level=Level.FOLLOWING)
    topic(room)
    letters = tell_all()
    assert told(keen) == told(unmailed) == [EventKind.TOPIC]
    assert told(calm) == told(elsewhere) == []
    assert [letter.to for letter in letters] == [[keen.email]]


def test_a_task_delivered_twice_tells_once() -> None:
    room = space()
    asker = insider(room)
    talk = topic(room, asker)
    post(talk, insider(room))
    assert len(tell_all()) == 1
    event = Event.objects.get(kind=EventKind.REPLY)
    Event.objects.filter(pk=event.pk).update(fanned_out_at=None)
    assert fan_out_task(event.pk) == 0
    fan_out(event)
    assert Notification.objects.filter(user=asker).count() == 1
    assert Delivery.objects.filter(user=asker).count() == 1


def test_a_mail_server_that_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    room = space()
    talk = topic(room)
    post(talk, insider(room))
    event = Event.objects.get(kind=EventKind.REPLY)

    def refuse(self: Any, *args: Any, **kwargs: Any) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        with pytest.raises(ConnectionRefusedError):
            fan_out_task(event.pk)
    assert Delivery.objects.get().state == DeliveryState.QUEUED
    assert fan_out_task(event.pk) == 1
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_what_a_dead_worker_left_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import communities.tasks

    room = space()
    post(topic(room), insider(room))
    assert resume_events() == 0, "it may be under way"
    monkeypatch.setattr(communities.tasks, "LATE", -communities.tasks.LATE)
    assert resume_events() == 2
    assert len(mail.outbox) == 1
    assert resume_events() == 0


@pytest.mark.parametrize("change", ["left", "removed", "unverified", "muted", "deleted", "hidden"])
def test_rights_are_those_of_the_moment_of_sending(change: str) -> None:
    room = space()
    boss = insider(room, MembershipRole.MODERATOR)
    asker = insider(room)
    talk = topic(room, asker)
    answer = post(talk, boss, "Segreto.")
    event = Event.objects.get(kind=EventKind.REPLY)
    fan_out(event)
    membership = Membership.objects.get(user=asker)
    match change:
        case "left":
            client_of(asker).post(f"/comunita/{room.slug}/esci/")
        case "removed":
            remove(boss, membership, "Prova")
        case "unverified":
            Affiliation.objects.filter(user=asker).update(state=AffiliationState.ENDED)
        case "muted":
            TopicReader.objects.filter(user=asker, topic=talk).update(level=Level.MUTED)
        case "deleted":
            delete_post(boss, answer)
        case "hidden":
            hide_post(boss, answer, "Prova")
    mail.outbox = []
    fan_out_task(event.pk)
    assert [letter for letter in mail.outbox if "Segreto" in letter.body] == []
    assert Delivery.objects.get(event=event).state == DeliveryState.SKIPPED
    if change in ("left", "removed", "deleted", "hidden"):
        page = client_of(asker).get("/account/avvisi/").content.decode()
        assert talk.title not in page or change in ("hidden", "deleted")
        assert "Segreto" not in page


def test_requests_and_their_answers(
    member: User, outsider: User, django_capture_on_commit_callbacks: Any
) -> None:
    room = space()
    boss = insider(room, MembershipRole.OWNER)
    with django_capture_on_commit_callbacks() as queued:
        first = ask_to_join(member, room, "Seguo le gare")
        second = ask_to_join(outsider, room)
    run_queued(queued)
    assert [letter.to for letter in mail.outbox] == [[boss.email]] * 2
    assert "Seguo le gare" in mail.outbox[0].body
    decide_request(boss, first, admit=True)
    decide_request(boss, second, admit=False, reason="Non è del progetto")
    letters = {letter.to[0]: letter for letter in tell_all()}
    assert letters[member.email].subject == f"È nella comunità {room}"
    assert "Non è del progetto" in letters[outsider.email].body
    assert "List-Unsubscribe" not in letters[outsider.email].extra_headers


def test_a_space_that_nobody_moderates_is_upis(member: User, direttore: User) -> None:
    ask_to_join(member, space())
    assert [letter.to for letter in tell_all()] == [[direttore.email]]


def test_reports_reach_who_moderates_and_hiding_its_author() -> None:
    room = space()
    boss = insider(room, MembershipRole.MODERATOR)
    talk = topic(room)
    first = talk.posts.get()
    assert flag_post(insider(room), first, "dati")
    flag_post(insider(room), first, "altro")
    letters = tell_all()
    assert [letter.to for letter in letters] == [[boss.email]]
    hide_post(boss, first, "Contiene un telefono")
    (letter,) = tell_all()
    assert letter.to == [talk.author.email]
    assert "Contiene un telefono" in letter.body


def test_the_author_of_the_answer_hears_that_it_solved() -> None:
    room = space()
    talk = topic(room)
    helper = insider(room)
    accept_answer(talk.author, post(talk, helper))
    tell_all()
    assert told(helper) == [EventKind.ACCEPTED]


def test_one_click_stops_the_letters_without_signing_in() -> None:
    room = space()
    asker = insider(room)
    talk = topic(room, asker)
    post(talk, insider(room))
    (letter,) = tell_all()
    address = letter.extra_headers["List-Unsubscribe"].strip("<>")
    path = "/" + address.split("/", 3)[3]
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.get(path).content.decode()
    assert "Non vuole più ricevere" in page
    assert talk.title not in page, "who finds the letter learns nothing"
    assert TopicReader.objects.get(user=asker).level == Level.FOLLOWING
    answer = stranger.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert TopicReader.objects.get(user=asker).level == Level.MUTED
    post(talk, insider(room))
    assert [one for one in tell_all() if one.to == [asker.email]] == []
    stranger.post(path, {"annulla": "1"})
    assert TopicReader.objects.get(user=asker).level == Level.FOLLOWING
    stranger.post(path, {"spazio": "1"})
    assert not Membership.objects.get(user=asker).by_mail
    stranger.post(path, {"spazio": "1", "annulla": "1"})
    assert Membership.objects.get(user=asker).by_mail


def test_a_signed_address_cannot_be_made_up(member: User) -> None:
    room = space()
    path = unsubscribe_path(member, room, None)
    assert Client().get(path).status_code == 404, "no such membership"
    for wrong in ("x", "1:2:3", path.split("/")[3][:-2] + "xx"):
        assert Client().post(f"/avvisi/basta/{wrong}/").status_code == 404


def test_the_list_and_its_counter() -> None:
    room = space()
    asker = insider(room)
    talk = topic(room, asker)
    helper = insider(room)
    for _ in range(3):
        post(talk, helper)
    tell_all()
    client = client_of(asker)
    page = client.get("/account/avvisi/").content.decode()
    assert page.count("ha risposto in") == 3
    assert '<span class="count">3' in page
    newest = Notification.objects.filter(user=asker).first()
    assert newest is not None
    answer = client.get(f"/account/avvisi/{newest.pk}/")
    assert answer["Location"].endswith("#intervento-4")
    assert client_of(helper).get(f"/account/avvisi/{newest.pk}/").status_code == 404
    client.get(talk.get_absolute_url())
    assert not Notification.objects.filter(user=asker, read_at__isnull=True).exists()
    post(talk, helper)
    tell_all()
    client.post("/account/avvisi/letti/")
    assert not Notification.objects.filter(user=asker, read_at__isnull=True).exists()


def test_long_lists_are_paged() -> None:
    room = space()
    asker = insider(room)
    talk = topic(room, asker)
    helper = insider(room)
    for _ in range(23):
        post(talk, helper)
    tell_all()
    client = client_of(asker)
    first = client.get("/account/avvisi/")
    assert len(first.context["rows"]) == 20
    rest = client.get(f"/account/avvisi/?prima={first.context['further']}")
    assert len(rest.context["rows"]) == 3
    for wrong in ("x", "-1", "9" * 30, ""):
        assert client.get("/account/avvisi/", {"prima": wrong}).status_code == 200
