"""Reports, and what who moderates does with posts and discussions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import (
    EventKind,
    Flag,
    ModerationAction,
    Post,
    PostState,
    ReviewItem,
    Topic,
    TopicStatus,
)
from communities.roles import role_in
from communities.services.attachments import close_files, open_files
from communities.services.events import log, record
from communities.services.finding import note_post
from communities.services.posts import count_replies, lay_acceptance_down, take_acceptance_up

if TYPE_CHECKING:
    from communities.models import Space
    from portal.accounts.models import User


@transaction.atomic
def flag_post(reporter: User, post: Post, reason: str, note: str = "") -> bool:
    """Report a post to who moderates; tell whether this person had not reported it yet.

    Raises PermissionDenied to who is not in the space, and for one's own post.
    """
    if reporter.pk == post.author_id or "member" not in role_in(reporter, post.topic.space_id):
        raise PermissionDenied
    item = ReviewItem.objects.filter(post=post, closed_at__isnull=True).first()
    if item is None:
        try:
            with transaction.atomic():
                item = ReviewItem.objects.create(space=post.topic.space, post=post)
        except IntegrityError:
            item = ReviewItem.objects.get(post=post, closed_at__isnull=True)
        else:
            record(EventKind.FLAGGED, post.topic.space, reporter, topic=post.topic, post=post)
    _, created = Flag.objects.get_or_create(
        item=item, reporter=reporter, defaults={"reason": reason, "note": note}
    )
    return created


@transaction.atomic
def hide_post(actor: User, post: Post, reason: str) -> bool:
    """Hide a post with a reason, which its author reads; tell whether it was readable.

    Reports of it are closed. Raises PermissionDenied to who neither moderates nor answers for UPI,
    ValueError without a reason.
    """
    _must_review(actor, post.topic.space)
    if not reason.strip():
        raise ValueError("Hiding a post needs a reason.")
    if not Post.objects.readable().filter(pk=post.pk).update(state=PostState.HIDDEN):
        return False
    close_files(post)
    topic = post.topic
    if post.number > 1:
        count_replies(topic, -1)
    lay_acceptance_down(post)
    _close_reviews(actor, post, hidden=True, reason=reason)
    record(EventKind.HIDDEN, topic.space, actor, topic=topic, post=post, reason=reason)
    log(ModerationAction.HID, topic.space, actor, topic=topic, post=post, reason=reason)
    note_post(post)
    return True


@transaction.atomic
def show_post(actor: User, post: Post) -> bool:
    """Show a hidden post again; tell whether it was hidden. Raises PermissionDenied."""
    _must_moderate(actor, post.topic.space)
    hidden = Post.objects.filter(pk=post.pk, state=PostState.HIDDEN)
    if not hidden.update(state=PostState.PUBLISHED):
        return False
    if post.deleted_at is None:
        open_files(post)
        if post.number > 1:
            count_replies(post.topic, 1)
        take_acceptance_up(post)
    log(ModerationAction.SHOWED, post.topic.space, actor, topic=post.topic, post=post)
    note_post(post)
    return True


@transaction.atomic
def dismiss_flags(actor: User, post: Post, reason: str = "") -> bool:
    """Leave a reported post where it is; tell whether a report was open.

    Raises PermissionDenied to who neither moderates nor answers for UPI.
    """
    _must_review(actor, post.topic.space)
    if not _close_reviews(actor, post, hidden=False, reason=reason):
        return False
    log(
        ModerationAction.DISMISSED,
        post.topic.space,
        actor,
        topic=post.topic,
        post=post,
        reason=reason,
    )
    return True


@transaction.atomic
def lock_topic(actor: User, topic: Topic, locked: bool) -> bool:
    """Close a discussion to answers or open it again; tell whether it changed.

    Raises PermissionDenied to who does not moderate.
    """
    _must_moderate(actor, topic.space)
    status = TopicStatus.LOCKED if locked else TopicStatus.OPEN
    if not Topic.objects.filter(pk=topic.pk).exclude(status=status).update(status=status):
        return False
    action = ModerationAction.LOCKED if locked else ModerationAction.OPENED
    log(action, topic.space, actor, topic=topic)
    return True


@transaction.atomic
def pin_topic(actor: User, topic: Topic, pinned: bool) -> bool:
    """Keep a discussion on top of the list or let it go; tell whether it changed.

    Raises PermissionDenied to who does not moderate.
    """
    _must_moderate(actor, topic.space)
    if not Topic.objects.filter(pk=topic.pk).exclude(pinned=pinned).update(pinned=pinned):
        return False
    action = ModerationAction.PINNED if pinned else ModerationAction.UNPINNED
    log(action, topic.space, actor, topic=topic)
    return True


def _close_reviews(actor: User, post: Post, hidden: bool, reason: str) -> int:
    waiting = ReviewItem.objects.filter(post=post, closed_at__isnull=True)
    return waiting.update(closed_at=timezone.now(), closed_by=actor, hidden=hidden, reason=reason)


def _must_moderate(actor: User, space: Space) -> None:
    if "moderator" not in role_in(actor, space.pk):
        raise PermissionDenied


def _must_review(actor: User, space: Space) -> None:
    if not role_in(actor, space.pk) & {"moderator", "appointer"}:
        raise PermissionDenied
