"""How far somebody has read, and how much she wants to hear of a discussion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Now

from communities.models import Level, Notification, Topic, TopicReader

if TYPE_CHECKING:
    from portal.accounts.models import User


def mark_read(user: User, topic: Topic, number: int) -> None:
    """Remember that somebody read a discussion up to a number; only ever forward.

    ``topic`` comes from the access door, which tells how far she had read.
    """
    if topic.read_number is None:
        TopicReader.objects.bulk_create(
            [TopicReader(user=user, topic=topic, last_read_number=number)], ignore_conflicts=True
        )
    elif topic.read_number < number:
        mine = TopicReader.objects.filter(user=user, topic=topic, last_read_number__lt=number)
        mine.update(last_read_number=number)


def mark_told(user: User, topic: Topic) -> None:
    """Take the notifications of a discussion that somebody has opened as read."""
    unread = Notification.objects.filter(user=user, event__topic=topic, read_at__isnull=True)
    unread.update(read_at=Now())


def listen_to(user: User, topic: Topic, level: Level) -> None:
    """Choose how much to hear of a discussion."""
    TopicReader.objects.update_or_create(
        user=user,
        topic=topic,
        defaults={"level": level},
        create_defaults={"level": level, "last_read_number": topic.last_number},
    )
