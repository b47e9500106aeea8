"""The only doors to spaces, discussions, posts and what waits for who moderates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404

from communities.models import Membership, Notification, Post, ReviewItem, Space, Topic
from communities.roles import memberships_of, role_in

if TYPE_CHECKING:
    from communities.roles import Reader

SpaceRole = Literal["visitor", "member", "moderator", "appointer"]
PostRole = Literal["reader", "author", "moderator"]


class NotInSpaceError(PermissionDenied):
    """Somebody who knows of a space but is not in it; carries the space."""

    def __init__(self, space: Space) -> None:
        super().__init__("Not in this space.")
        self.space = space


def get_space_for(user: Reader, slug: str, role: SpaceRole = "member") -> Space:
    """Return a space to look at, to take part in, to moderate, or to appoint who does.

    Raises Http404 to who may not know of it, NotInSpaceError to who wants in and is not,
    PermissionDenied to who has not the role.
    """
    own = next((one.space for one in memberships_of(user).values() if one.space.slug == slug), None)
    space = (
        own or Space.objects.visible_to(user).select_related("network").filter(slug=slug).first()
    )
    if space is None:
        raise Http404("No such space for this reader.")
    if role == "visitor":
        return space
    roles = role_in(user, space.pk)
    if role not in roles:
        if role == "member" or not roles:
            raise NotInSpaceError(space)
        raise PermissionDenied
    return space


def get_topic_for(user: Reader, pk: int, role: Literal["member", "moderator"] = "member") -> Topic:
    """Return a discussion to take part in, or to moderate; it carries how far she has read.

    Raises Http404 to who is not in its space, PermissionDenied to who does not moderate it.
    """
    found = Topic.objects.visible_to(user).with_reading_of(user).filter(pk=pk)
    topic = found.select_related("space__network").first()
    if topic is None:
        raise Http404("No such discussion for this reader.")
    if role not in role_in(user, topic.space_id):
        raise PermissionDenied
    return topic


def get_deleted_topic_for(user: Reader, pk: int) -> Topic:
    """Return a discussion that was deleted while somebody of its space was answering.

    Raises Http404 to everybody else.
    """
    found = Topic.objects.filter(pk=pk, deleted_at__isnull=False, space__in=memberships_of(user))
    topic = found.select_related("space__network").first()
    if topic is None:
        raise Http404("No such discussion for this reader.")
    return topic


def get_post_for(user: Reader, pk: int, role: PostRole = "reader") -> Post:
    """Return a post to read, one's own to change, or one to moderate.

    Who moderates finds hidden posts too, and who wrote one finds it hidden or deleted, even with
    its discussion. Raises Http404 to who may not know of it, PermissionDenied to who has not the
    role.
    """
    found = Post.objects.filter(pk=pk).select_related("topic__space__network", "author")
    post = found.first()
    roles = role_in(user, post.topic.space_id) if post else frozenset()
    if post is None or "member" not in roles:
        raise Http404("No such post for this reader.")
    own = post.author_id == user.pk
    gone = post.topic.deleted_at or post.deleted_at
    if not own and (gone or not (post.is_readable or "moderator" in roles)):
        raise Http404("No such post for this reader.")
    if (role == "author" and not own) or (role == "moderator" and "moderator" not in roles):
        raise PermissionDenied
    return post


def get_membership_for(user: Reader, pk: int, role: SpaceRole = "moderator") -> Membership:
    """Return somebody's membership to decide on.

    Raises Http404 to who is not in its space, PermissionDenied to who has not the role.
    """
    found = Membership.objects.filter(pk=pk).select_related("space__network", "user")
    membership = found.first()
    roles = role_in(user, membership.space_id) if membership else frozenset()
    if membership is None or not roles:
        raise Http404("No such membership for this reader.")
    if role not in roles and not (role == "moderator" and "appointer" in roles):
        raise PermissionDenied
    return membership


def get_review_for(user: Reader, pk: int) -> ReviewItem:
    """Return an open report, for who moderates its space or answers for UPI.

    Raises Http404 to who is not in the space, PermissionDenied to who has not the role.
    """
    found = ReviewItem.objects.filter(pk=pk, closed_at__isnull=True)
    item = found.select_related("space__network", "post__topic__space", "post__author").first()
    roles = role_in(user, item.space_id) if item else frozenset()
    if item is None or not roles:
        raise Http404("No such report for this reader.")
    if not roles & {"moderator", "appointer"}:
        raise PermissionDenied
    return item


def get_notification_for(user: Reader, pk: int) -> Notification:
    """Return one's own notification; raises Http404 to everybody else."""
    found = Notification.objects.filter(pk=pk, user=user.pk)
    notification = found.select_related("event__topic", "event__post", "event__space").first()
    if notification is None:
        raise Http404("No such notification for this reader.")
    return notification
