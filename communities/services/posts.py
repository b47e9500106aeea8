"""What becomes of a post after it was written: corrected, deleted, brought back, valued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from communities.models import EventKind, Post, PostRevision, PostState, Topic, Useful
from communities.roles import role_in
from communities.services.attachments import add_files, close_files, drop_files, open_files
from communities.services.events import record
from communities.services.finding import note_post, note_topic
from communities.writing import Written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile

    from portal.accounts.models import User


@transaction.atomic
def edit_post(
    actor: User,
    post: Post,
    body: Written,
    title: str = "",
    *,
    files: Iterable[UploadedFile] = (),
    unwanted: Iterable[int] = (),
) -> bool:
    """Correct one's own post, and the title with the first one; tell whether the words changed.

    What it said before stays among its versions. Raises PermissionDenied to anybody else, and to
    everybody once the discussion is closed.
    """
    if actor.pk != post.author_id or "member" not in role_in(actor, post.topic.space_id):
        raise PermissionDenied
    if post.topic.is_locked or not post.is_readable:
        raise PermissionDenied
    before = Post.objects.select_for_update().get(pk=post.pk)
    topic = post.topic
    renamed = post.number == 1 and bool(title) and title != topic.title
    drop_files(post, unwanted)
    add_files(actor, post, files)
    if before.html == body.html and not renamed:
        return False
    PostRevision.objects.create(
        post=post,
        title=topic.title if renamed else "",
        html=before.html,
        text=before.text,
        replaced_by=actor,
    )
    Post.objects.filter(pk=post.pk).update(html=body.html, text=body.text, edited_at=timezone.now())
    if renamed:
        Topic.objects.filter(pk=topic.pk).update(title=title)
        note_topic(topic)
    else:
        note_post(post)
    return True


@transaction.atomic
def delete_post(actor: User, post: Post) -> bool:
    """Delete one's own post; with the only post of a discussion goes the discussion.

    Tell whether it was there. Raises PermissionDenied to anybody else.
    """
    if actor.pk != post.author_id or "member" not in role_in(actor, post.topic.space_id):
        raise PermissionDenied
    now = timezone.now()
    if not Post.objects.readable().filter(pk=post.pk).update(deleted_at=now):
        return False
    close_files(post)
    topic = post.topic
    if post.number > 1:
        count_replies(topic, -1)
        lay_acceptance_down(post)
    elif not Post.objects.readable().filter(topic=topic, number__gt=1).exists():
        Topic.objects.filter(pk=topic.pk).update(deleted_at=now)
    note_post(post)
    return True


@transaction.atomic
def restore_post(actor: User, post: Post) -> bool:
    """Bring back one's own deleted post, and its discussion; tell whether it was deleted.

    Raises PermissionDenied to anybody else.
    """
    if actor.pk != post.author_id or "member" not in role_in(actor, post.topic.space_id):
        raise PermissionDenied
    deleted = Post.objects.filter(pk=post.pk, deleted_at__isnull=False)
    if not deleted.update(deleted_at=None):
        return False
    Topic.objects.filter(pk=post.topic_id).update(deleted_at=None)
    if post.state == PostState.PUBLISHED:
        if post.number > 1:
            count_replies(post.topic, 1)
        open_files(post)
        take_acceptance_up(post)
    note_post(post)
    return True


@transaction.atomic
def mark_useful(actor: User, post: Post) -> bool:
    """Say that somebody else's post was useful, or take it back; tell which of the two.

    Raises PermissionDenied to its author and to who is not in the space.
    """
    if actor.pk == post.author_id or "member" not in role_in(actor, post.topic.space_id):
        raise PermissionDenied
    removed, _ = Useful.objects.filter(post=post, user=actor).delete()
    if not removed:
        try:
            with transaction.atomic():
                Useful.objects.create(post=post, user=actor)
        except IntegrityError:
            return True
    Post.objects.filter(pk=post.pk).update(useful_count=F("useful_count") + (-1 if removed else 1))
    return not removed


@transaction.atomic
def accept_answer(actor: User, post: Post) -> bool:
    """Mark an answer as the one that solves the question, or take the mark back.

    Tell which of the two. Raises PermissionDenied to who neither asked nor moderates, and for
    what is not a readable answer to a question.
    """
    topic = post.topic
    roles = role_in(actor, topic.space_id)
    asked = actor.pk == topic.author_id and "member" in roles
    if not (asked or "moderator" in roles):
        raise PermissionDenied
    if not topic.is_question or post.number == 1 or not post.is_readable:
        raise PermissionDenied
    taken_back = Topic.objects.filter(pk=topic.pk, accepted_post=post).update(accepted_post=None)
    if taken_back:
        return False
    Topic.objects.filter(pk=topic.pk).update(accepted_post=post)
    if post.author_id != actor.pk:
        record(EventKind.ACCEPTED, topic.space, actor, topic=topic, post=post)
    return True


def lay_acceptance_down(post: Post) -> None:
    """Leave a question unsolved when its accepted answer can no longer be read, and remember it."""
    if Topic.objects.filter(pk=post.topic_id, accepted_post=post).update(accepted_post=None):
        Post.objects.filter(pk=post.pk).update(was_accepted=True)


def take_acceptance_up(post: Post) -> None:
    """Let an answer that can be read again solve its question as before, unless another does."""
    if Post.objects.filter(pk=post.pk, was_accepted=True).update(was_accepted=False):
        unsolved = Topic.objects.filter(pk=post.topic_id, accepted_post__isnull=True)
        unsolved.update(accepted_post=post)


def count_replies(topic: Topic, change: int) -> None:
    """Add to the number of answers of a discussion, never below none."""
    Topic.objects.filter(pk=topic.pk, reply_count__gte=-min(change, 0)).update(
        reply_count=F("reply_count") + change
    )
