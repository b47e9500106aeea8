"""The demonstration communities: whole, coherent, told through the services, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.core import mail
from django.db.models import Count, F, Q
from django.test.utils import override_settings
from django.utils import timezone
from django_q.models import OrmQ
from wagtail.models import Site

from communities.demo.reader import read_talks
from communities.demo.telling import linked
from communities.models import (
    Attachment,
    Delivery,
    Event,
    Membership,
    Notification,
    Post,
    PostState,
    ReviewItem,
    Space,
    SpacePage,
    Topic,
    TopicKind,
    Useful,
)
from communities.seed import load_communities
from communities.selectors.spaces import standing_of
from communities.tasks import reconcile_counters, resume_events
from communities.writing import written
from portal.accounts.models import User
from portal.core.access import audience_tokens
from portal.core.seed import SeedContext
from portal.library.models import DocumentVersion, VersionState
from portal.organisations.seed import load_people
from search.models import OutboxRow
from tests.conftest import client_of

pytestmark = pytest.mark.django_db
REL = ' rel="noopener noreferrer nofollow"'


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """Load the people and the communities once for this module, and take everything back."""
    from django.db import transaction

    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media):
        atom = transaction.atomic()
        atom.__enter__()
        try:
            context = SeedContext(write=lambda _: None)
            load_people(context)
            load_communities(context)
            yield
        finally:
            transaction.set_rollback(True)
            atom.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def seeded(_loaded: None, db: None) -> None:
    """Every test sees the loaded content; what it changes is taken back."""
    assert configured.MEDIA_ROOT
    assert Site.objects.filter(is_default_site=True).exists()


def person(account: str) -> User:
    return User.objects.get(email=f"{account}@example.org")


def test_there_is_enough_of_everything() -> None:
    for space in Space.objects.filter(slug__in=["sua", "europa", "innovazione"]):
        topics = Topic.objects.filter(space=space, deleted_at__isnull=True)
        assert topics.count() >= 20
        questions = topics.filter(kind=TopicKind.QUESTION)
        answered = questions.filter(accepted_post__isnull=False).count()
        assert questions.count() / 2 <= answered < questions.count()
        assert topics.filter(kind=TopicKind.ANNOUNCEMENT).exists()
        assert topics.filter(reply_count=0).exists()
        assert SpacePage.objects.live().get(space=space).body
    assert Post.objects.count() >= 250
    assert Topic.objects.filter(space__slug="sua", reply_count__gte=64).exists()
    assert Topic.objects.filter(pinned=True).exists()
    assert Topic.objects.filter(status="chiusa").exists()
    assert Post.objects.filter(state=PostState.HIDDEN).count() == 1
    assert Post.objects.filter(deleted_at__isnull=False).count() == 1
    assert Post.objects.filter(edited_at__isnull=False, revisions__isnull=False).count() >= 2
    assert set(Post.objects.values_list("for_body", flat=True)) == {True, False}


def test_every_accepted_answer_is_a_readable_answer_to_its_question() -> None:
    for topic in Topic.objects.filter(accepted_post__isnull=False).select_related("accepted_post"):
        post = topic.accepted_post
        assert topic.kind == TopicKind.QUESTION
        assert post.topic_id == topic.pk
        assert post.number > 1
        assert post.is_readable
        assert post.author_id != topic.author_id


def test_who_writes_is_in_the_space_and_in_a_body() -> None:
    inside = set(Membership.objects.active().values_list("space", "user"))
    for post in Post.objects.select_related("topic"):
        assert (post.topic.space_id, post.author_id) in inside
        assert post.organisation_id
    assert not Membership.objects.filter(user=person("admin")).exists()


def test_dates_go_forward_on_working_days_and_never_into_the_future() -> None:
    now = timezone.now()
    for topic in Topic.objects.prefetch_related("posts"):
        moments = [post.created_at for post in topic.posts.all()]
        assert moments == sorted(moments)
        assert len(set(moments)) == len(moments)
        assert topic.created_at == moments[0]
        assert topic.bumped_at == moments[-1]
        assert moments[-1] < now
        assert all(timezone.localtime(one).weekday() < 5 for one in moments), topic.title
    recent = Topic.objects.filter(created_at__gte=now - timezone.timedelta(days=24))
    assert 9 <= recent.count() <= 20


NORM = re.compile(r'<a href="https://(?:www\.normattiva|eur-lex)[^>]*>(.*?)</a>')


def test_texts_are_as_the_editor_writes_them() -> None:
    seen: set[str] = set()
    for talk in read_talks():
        assert "!" not in talk.title
        for said in talk.posts:
            for html in filter(None, [said.html, said.before]):
                text = linked(html)
                assert "!" not in html
                assert NORM.sub(r"\1", written(text, "html").html).replace(REL, "") == text
            for sentence in re.split(r"(?<=[.?])\s", written(said.html, "html").text):
                assert len(sentence) < 40 or sentence not in seen, sentence
                seen.add(sentence)


def test_attachments_are_read_and_only_their_space_reads_them() -> None:
    attachments = Attachment.objects.select_related("document", "post__topic__space")
    assert attachments.count() >= 10
    kinds = set()
    for attachment in attachments:
        version = DocumentVersion.objects.get(document=attachment.document)
        assert version.state == VersionState.READY
        assert version.page_count >= 1
        assert version.pages.exclude(text="").exists()
        assert attachment.document.audience == attachment.post.topic.space.token
        kinds.add(version.format)
    assert {"pdf", "docx", "xlsx", "csv"} <= kinds
    assert not audience_tokens(person("funzionario.av")) & {
        space.token for space in Space.objects.all()
    }


def test_counters_are_true() -> None:
    Topic.objects.update(bumped_at=timezone.now())
    assert reconcile_counters() == 0
    counted = Post.objects.annotate(true=Count("useful_marks"))
    assert not counted.exclude(true=F("useful_count")).exists()
    assert not Useful.objects.filter(user=F("post__author")).exists()
    last = Topic.objects.annotate(posts_in_it=Count("posts"))
    assert not last.exclude(posts_in_it=F("last_number")).exists()


def test_moderators_have_work_and_readers_something_unread() -> None:
    assert Membership.objects.requested().filter(space__slug="sua").count() == 1
    item = ReviewItem.objects.get(closed_at__isnull=True)
    assert item.space.slug == "sua"
    assert item.flags.get().note
    for account in ("funzionario.tv", "funzionario.bs"):
        reader = person(account)
        spaces = list(Space.objects.filter(memberships__user=reader))
        standings = standing_of(reader, spaces).values()
        assert 0 < sum(standing.unread for standing in standings) <= 20
        unread = Notification.objects.filter(user=reader, read_at__isnull=True)
        assert 0 < unread.count() <= 20


def test_nobody_is_written_to_and_nothing_is_left_to_tell() -> None:
    assert not Event.objects.filter(fanned_out_at__isnull=True).exists()
    assert not Delivery.objects.exists()
    assert resume_events() == 0
    assert not mail.outbox
    assert OrmQ.objects.count() < 20
    assert OutboxRow.objects.filter(object_id__startswith="topic").exists()


def test_pages_open() -> None:
    reader = client_of(person("funzionario.tv"))
    long = Topic.objects.get(space__slug="sua", reply_count__gte=64)
    for path in ("/comunita/", "/comunita/sua/", long.get_absolute_url(), long.url_of(61)):
        assert reader.get(path, follow=True).status_code == 200
    page = reader.get("/comunita/sua/", follow=True).content.decode()
    assert "Community SUA" in page


def test_twice_is_once() -> None:
    def state() -> list[int]:
        models = (Topic, Post, Membership, Event, Notification, Useful, Attachment, User)
        return [model.objects.count() for model in models]

    before = state()
    load_communities(SeedContext(write=lambda _: None))
    assert state() == before
    assert Space.objects.filter(Q(slug="sua") | Q(slug="europa")).count() == 2
