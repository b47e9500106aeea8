"""Discussions: opened, answered, corrected, deleted, brought back, solved."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from communities.models import (
    Draft,
    MembershipRole,
    Participation,
    Post,
    PostRevision,
    Topic,
    TopicReader,
)
from communities.services.drafts import keep_draft
from communities.services.moderation import hide_post, lock_topic, show_post
from communities.services.posting import PostingError, open_topic, reply
from communities.services.posts import (
    accept_answer,
    delete_post,
    edit_post,
    mark_useful,
    restore_post,
)
from communities.tasks import reconcile_counters
from communities.writing import written
from portal.accounts.models import User
from portal.core.access import user_token
from portal.library.models import Document
from portal.organisations.models import Affiliation, AffiliationState, Organisation
from tests.factories.communities import insider, post, sent, space, topic

pytestmark = pytest.mark.django_db
MODERATOR = MembershipRole.MODERATOR


def test_numbers_follow_each_other_and_the_list_knows() -> None:
    room = space()
    talk = topic(room, replies=2)
    assert (talk.last_number, talk.reply_count) == (3, 2)
    assert [one.number for one in talk.posts.all()] == [1, 2, 3]
    assert talk.bumped_at == talk.posts.get(number=3).created_at


def test_who_speaks_is_as_it_was_then(treviso: Organisation) -> None:
    room = space()
    who = insider(room)
    first = topic(room, who).posts.get()
    assert (first.organisation, first.office) == (treviso, "Ufficio appalti")
    Affiliation.objects.filter(user=who).update(state=AffiliationState.ENDED, office="Altro")
    first.refresh_from_db()
    assert first.office == "Ufficio appalti"
    assert Participation.objects.filter(topic=first.topic, organisation=treviso).count() == 1


def test_nobody_speaks_for_a_body_she_has_not() -> None:
    room = space()
    talk = topic(room)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            topic=talk, number=99, author=talk.author, html="x", text="x", for_body=True
        )


def test_only_who_is_in_writes(outsider: User) -> None:
    room = space()
    talk = topic(room)
    with pytest.raises(PermissionDenied):
        reply(outsider, talk, sent(outsider))
    with pytest.raises(PermissionDenied):
        open_topic(outsider, room, "domanda", "Titolo", sent(outsider))
    plain_member = insider(room)
    with pytest.raises(PermissionDenied):
        open_topic(plain_member, room, "annuncio", "Titolo", sent(plain_member))
    boss = insider(room, MODERATOR)
    assert open_topic(boss, room, "annuncio", "Titolo", sent(boss)).pk


def test_twice_is_once() -> None:
    room = space()
    who = insider(room)
    key = uuid.uuid4()
    first = open_topic(who, room, "domanda", "Titolo", sent(who, submission=key))
    assert open_topic(who, room, "domanda", "Titolo", sent(who, submission=key)) == first
    assert Topic.objects.count() == 1
    key = uuid.uuid4()
    answer = reply(who, first, sent(who, submission=key))
    assert reply(who, first, sent(who, submission=key)) == answer
    first.refresh_from_db()
    assert (first.last_number, first.reply_count) == (2, 1)


def test_closed_or_deleted_meanwhile() -> None:
    room = space()
    boss = insider(room, MODERATOR)
    talk = topic(room)
    lock_topic(boss, talk, locked=True)
    with pytest.raises(PostingError, match="chiusa"):
        post(talk, boss)
    lock_topic(boss, talk, locked=False)
    delete_post(talk.author, talk.posts.get())
    with pytest.raises(PostingError, match="eliminata"):
        post(talk, boss)
    talk.refresh_from_db()
    assert talk.last_number == 1


def test_a_correction_keeps_what_was_said() -> None:
    room = space()
    talk = topic(room, title="Prima", text="Com'era.")
    first = talk.posts.get()
    assert edit_post(talk.author, first, written("Com'è.", "text"), "Dopo")
    first.refresh_from_db()
    talk.refresh_from_db()
    assert (first.text, talk.title) == ("Com'è.", "Dopo")
    assert first.edited_at
    before = PostRevision.objects.get(post=first)
    assert (before.text, before.title) == ("Com'era.", "Prima")
    assert not edit_post(talk.author, first, written("Com'è.", "text"), "Dopo")
    assert PostRevision.objects.count() == 1
    with pytest.raises(PermissionDenied):
        edit_post(insider(room, MODERATOR), first, written("Altro", "text"))


def test_deleting_and_bringing_back() -> None:
    room = space()
    other = insider(room)
    talk = topic(room)
    answer = post(talk, other)
    assert accept_answer(talk.author, answer)
    assert delete_post(other, answer)
    assert not delete_post(other, answer)
    talk.refresh_from_db()
    assert (talk.reply_count, talk.accepted_post, talk.deleted_at) == (0, None, None)
    assert restore_post(other, answer)
    talk.refresh_from_db()
    assert talk.reply_count == 1
    first = talk.posts.get(number=1)
    delete_post(talk.author, first)
    talk.refresh_from_db()
    assert talk.deleted_at is None, "others have answered"
    with pytest.raises(PermissionDenied):
        delete_post(insider(room, MODERATOR), answer)


def test_the_only_post_takes_the_discussion_with_it() -> None:
    room = space()
    talk = topic(room)
    first = talk.posts.get()
    delete_post(talk.author, first)
    assert not Topic.objects.visible_to(talk.author).exists()
    restore_post(talk.author, first)
    assert Topic.objects.visible_to(talk.author).get() == talk


def test_the_answer_that_solves() -> None:
    room = space()
    talk = topic(room)
    other, boss = insider(room), insider(room, MODERATOR)
    answer, second = post(talk, other), post(talk, other)
    with pytest.raises(PermissionDenied):
        accept_answer(other, answer)
    assert accept_answer(talk.author, answer)
    assert accept_answer(boss, second)
    talk.refresh_from_db()
    assert talk.accepted_post == second
    assert not accept_answer(talk.author, second)
    talk.refresh_from_db()
    assert talk.accepted_post is None
    with pytest.raises(PermissionDenied):
        accept_answer(talk.author, talk.posts.get(number=1))
    chat = topic(room, kind="discussione")
    with pytest.raises(PermissionDenied):
        accept_answer(chat.author, post(chat, other))


def test_an_answer_that_comes_back_solves_as_before_unless_another_does() -> None:
    room = space()
    boss, other = insider(room, MODERATOR), insider(room)
    talk = topic(room)
    answer, second = post(talk, other), post(talk, other)

    def solved() -> Post | None:
        talk.refresh_from_db()
        return talk.accepted_post

    for away, back in (
        (lambda: hide_post(boss, answer, "Prova"), lambda: show_post(boss, answer)),
        (lambda: delete_post(other, answer), lambda: restore_post(other, answer)),
    ):
        accept_answer(talk.author, answer)
        assert away()
        assert solved() is None
        assert back()
        assert solved() == answer
        assert away()
        accept_answer(talk.author, second)
        assert back()
        assert solved() == second
        assert not accept_answer(talk.author, second)
        assert away()
        assert back()
        assert solved() is None, "what was taken back stays so"


def test_useful_is_said_once_and_taken_back() -> None:
    room = space()
    talk = topic(room)
    first, other = talk.posts.get(), insider(room)
    assert mark_useful(other, first)
    first.refresh_from_db()
    assert first.useful_count == 1
    assert not mark_useful(other, first)
    first.refresh_from_db()
    assert first.useful_count == 0
    with pytest.raises(PermissionDenied):
        mark_useful(talk.author, first)


def test_hiding_with_a_reason_and_showing_again() -> None:
    room = space()
    boss = insider(room, MODERATOR)
    talk = topic(room)
    answer = post(talk, insider(room))
    with pytest.raises(ValueError, match="reason"):
        hide_post(boss, answer, " ")
    with pytest.raises(PermissionDenied):
        hide_post(talk.author, answer, "No")
    assert hide_post(boss, answer, "Contiene un telefono")
    assert not hide_post(boss, answer, "Contiene un telefono")
    talk.refresh_from_db()
    assert talk.reply_count == 0
    assert show_post(boss, answer)
    talk.refresh_from_db()
    assert talk.reply_count == 1


def test_files_belong_to_their_author_until_they_are_published() -> None:
    room = space()
    talk = topic(room)
    who = insider(room)
    file = SimpleUploadedFile("riparto_costi.txt", b"Riparto dei costi\n")
    draft = keep_draft(who, room, talk, written("Ecco", "text"), files=[file])
    document = Document.objects.get()
    assert document.audience == user_token(who.pk)
    assert document.title == "riparto costi"
    answer = reply(who, talk, sent(who, "Ecco", draft=draft))
    document.refresh_from_db()
    assert document.audience == room.token
    assert [one.document for one in answer.attachments.all()] == [document]
    assert not Draft.objects.exists()
    hide_post(insider(room, MODERATOR), answer, "Errato")
    document.refresh_from_db()
    assert document.audience == user_token(who.pk)
    show_post(insider(room, MODERATOR), answer)
    document.refresh_from_db()
    assert document.audience == room.token
    edit_post(
        who,
        answer,
        written("Ecco", "text"),
        unwanted=answer.attachments.values_list("pk", flat=True),
    )
    assert not Document.objects.exists()


def test_who_writes_follows_unless_she_muted() -> None:
    room = space()
    talk = topic(room)
    who = insider(room)
    TopicReader.objects.create(user=who, topic=talk, level="muto")
    post(talk, who)
    assert TopicReader.objects.get(user=who, topic=talk).level == "muto"
    assert TopicReader.objects.get(user=talk.author, topic=talk).level == "seguo"


def test_counters_are_mended_at_night() -> None:
    room = space()
    talk = topic(room, replies=3)
    Topic.objects.filter(pk=talk.pk).update(reply_count=9)
    assert reconcile_counters() == 1
    talk.refresh_from_db()
    assert talk.reply_count == 3
    assert reconcile_counters() == 0


def test_a_person_of_two_bodies_chooses(brescia: Organisation) -> None:
    from communities.forms import PostForm
    from tests.factories.people import AffiliationFactory

    room = space()
    who = insider(room)
    second = AffiliationFactory(user=who, organisation=brescia, office="Europa")
    who = User.objects.get(pk=who.pk)
    data = {"body": "Testo", "voice": f"ente-{second.pk}"}
    form = PostForm(data, user=who)
    assert form.is_valid(), form.errors
    found = form.contribution(None)
    assert (found.affiliation, found.for_body) == (second, True)
    assert not PostForm({**data, "voice": "ente-999999"}, user=who).is_valid()
