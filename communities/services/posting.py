"""Opening a discussion and answering in it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from communities.models import (
    Draft,
    EventKind,
    Level,
    Participation,
    Post,
    Space,
    Topic,
    TopicKind,
    TopicReader,
    TopicStatus,
)
from communities.roles import role_in
from communities.services.attachments import hang_on
from communities.services.events import record
from communities.services.finding import note_post
from communities.writing import Written

if TYPE_CHECKING:
    from datetime import datetime

    from portal.accounts.models import User
    from portal.organisations.models import Affiliation


class PostingError(Exception):
    """Why a post cannot be published, in Italian."""


@dataclass(frozen=True)
class Contribution:
    """What somebody sends: the text, in whose name, the key of the form, the draft it was."""

    body: Written
    affiliation: Affiliation | None = None
    for_body: bool = False
    submission: uuid.UUID = field(default_factory=uuid.uuid4)
    draft: Draft | None = None
    at: datetime | None = None

    @property
    def held(self) -> dict[str, Any]:
        """Body and office of now, as ``HeldOffice`` has them."""
        held = self.affiliation
        return {
            "organisation": held.organisation if held else None,
            "office": held.office if held else "",
        }


@transaction.atomic
def open_topic(actor: User, space: Space, kind: str, title: str, sent: Contribution) -> Topic:
    """Open a discussion with its first post; a form sent twice returns the first one's.

    Raises PermissionDenied to who is not in the space, or announces without moderating it.
    """
    roles = role_in(actor, space.pk)
    if "member" not in roles or (kind == TopicKind.ANNOUNCEMENT and "moderator" not in roles):
        raise PermissionDenied
    known = _sent_already(actor, sent)
    if known:
        return known.topic
    now = sent.at or timezone.now()
    topic = Topic.objects.create(
        space=space,
        kind=kind,
        title=title,
        author=actor,
        created_at=now,
        bumped_at=now,
        **sent.held,
    )
    try:
        with transaction.atomic():
            post = _write(actor, topic, sent, now)
    except IntegrityError:
        topic.delete()
        return (
            Post.objects.select_related("topic").get(author=actor, submission=sent.submission).topic
        )
    record(EventKind.TOPIC, space, actor, topic=topic, post=post)
    return topic


@transaction.atomic
def reply(actor: User, topic: Topic, sent: Contribution) -> Post:
    """Answer in a discussion; a form sent twice returns the first one's post.

    Raises PermissionDenied to who is not in its space, PostingError when the discussion was
    closed or deleted meanwhile.
    """
    if "member" not in role_in(actor, topic.space_id):
        raise PermissionDenied
    known = _sent_already(actor, sent)
    if known:
        return known
    now = sent.at or timezone.now()
    try:
        with transaction.atomic():
            post = _write(actor, topic, sent, now, reply=True)
    except IntegrityError:
        return Post.objects.get(author=actor, submission=sent.submission)
    record(EventKind.REPLY, topic.space, actor, topic=topic, post=post)
    return post


def _sent_already(actor: User, sent: Contribution) -> Post | None:
    found = Post.objects.filter(author=actor, submission=sent.submission)
    return found.select_related("topic__space").first()


def _write(
    actor: User, topic: Topic, sent: Contribution, now: datetime, reply: bool = False
) -> Post:
    """Take the next number of a discussion that is open, and write the post there."""
    still_open = Topic.objects.filter(pk=topic.pk, deleted_at__isnull=True, status=TopicStatus.OPEN)
    taken = still_open.update(
        last_number=F("last_number") + 1,
        reply_count=F("reply_count") + int(reply),
        bumped_at=now,
    )
    if not taken:
        gone = not Topic.objects.filter(pk=topic.pk, deleted_at__isnull=True).exists()
        raise PostingError(
            "Intanto la discussione è stata eliminata: il testo è qui, lo può copiare."
            if gone
            else "Intanto la discussione è stata chiusa: il testo è qui, lo può copiare."
        )
    topic.refresh_from_db(fields=["last_number", "reply_count", "bumped_at"])
    post = Post.objects.create(
        topic=topic,
        number=topic.last_number,
        author=actor,
        for_body=sent.for_body and sent.affiliation is not None,
        html=sent.body.html,
        text=sent.body.text,
        submission=sent.submission,
        created_at=now,
        **sent.held,
    )
    if post.organisation:
        Participation.objects.get_or_create(topic=topic, organisation=post.organisation)
    if sent.draft:
        hang_on(post, sent.draft, topic.space)
        sent.draft.delete()
    _follow_own(actor, topic, post.number)
    note_post(post)
    return post


def _follow_own(actor: User, topic: Topic, number: int) -> None:
    """Who writes follows the discussion, unless she muted it, and has read her own post."""
    reading, created = TopicReader.objects.get_or_create(
        user=actor, topic=topic, defaults={"last_read_number": number, "level": Level.FOLLOWING}
    )
    if not created:
        mine = TopicReader.objects.filter(pk=reading.pk)
        mine.filter(level=Level.NORMAL).update(level=Level.FOLLOWING)
        mine.filter(last_read_number=number - 1).update(last_read_number=number)
