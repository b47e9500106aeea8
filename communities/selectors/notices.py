"""What somebody was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communities.models import EventKind, Notification, Topic
from communities.roles import memberships_of

if TYPE_CHECKING:
    from communities.roles import Reader

NOTICES_IN_A_PAGE = 20
# Events about the person herself, which she may read whether or not she is still in the space.
ABOUT_HER = {EventKind.ADMITTED, EventKind.REFUSED, EventKind.REMOVED}


def unread_notices(user: Reader) -> int:
    """Return how many notices somebody has not opened, once for each request's user object."""
    if not user.is_authenticated:
        return 0
    held: int | None = getattr(user, "_unread_notices", None)
    if held is None:
        held = Notification.objects.filter(user=user.pk, read_at__isnull=True).count()
        user._unread_notices = held  # type: ignore[attr-defined]
    return held


def notices_page(user: Reader, before: int | None) -> tuple[list[Notification], int | None]:
    """Return the notices older than one, the newest first, and the key to go on from.

    What a person may no longer read is told without its words: ``readable`` says so.
    """
    found = Notification.objects.filter(user=user.pk)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(
        found.select_related(
            "event__space",
            "event__topic",
            "event__post__author",
            "event__post__organisation",
            "event__actor",
            "event__membership__user",
        ).order_by("-pk")[: NOTICES_IN_A_PAGE + 1]
    )
    further = rows[NOTICES_IN_A_PAGE - 1].pk if len(rows) > NOTICES_IN_A_PAGE else None
    rows = rows[:NOTICES_IN_A_PAGE]
    inside = memberships_of(user)
    for row in rows:
        row.readable = _readable(row, inside.keys())  # type: ignore[attr-defined]
    return rows, further


def _readable(row: Notification, inside: object) -> bool:
    event = row.event
    if event.kind in ABOUT_HER:
        return True
    if event.space_id not in inside:  # type: ignore[operator]
        return False
    topic: Topic | None = event.topic
    if topic and topic.deleted_at:
        return False
    if event.post and event.kind != EventKind.HIDDEN:
        return bool(event.post.is_readable or event.kind == EventKind.FLAGGED)
    return True
