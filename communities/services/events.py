"""What happened, written in the transaction that did it; the worker tells it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django_q.tasks import async_task

from communities.models import (
    Event,
    EventKind,
    Membership,
    ModerationAction,
    ModerationLog,
    Post,
    Space,
    Topic,
)

if TYPE_CHECKING:
    from portal.accounts.models import User


def record(
    kind: EventKind,
    space: Space,
    actor: User | None,
    *,
    topic: Topic | None = None,
    post: Post | None = None,
    membership: Membership | None = None,
    reason: str = "",
) -> Event:
    """Write an event and hand it to the worker when the transaction is over."""
    event = Event.objects.create(
        kind=kind,
        space=space,
        actor=actor,
        topic=topic,
        post=post,
        membership=membership,
        reason=reason,
    )
    transaction.on_commit(
        lambda: async_task("communities.tasks.fan_out", event.pk, group="notifications")
    )
    return event


def log(
    action: ModerationAction,
    space: Space,
    actor: User,
    *,
    topic: Topic | None = None,
    post: Post | None = None,
    membership: Membership | None = None,
    reason: str = "",
) -> None:
    """Write what who moderates decided, and why."""
    ModerationLog.objects.create(
        action=action,
        space=space,
        actor=actor,
        topic=topic,
        post=post,
        membership=membership,
        reason=reason,
    )
