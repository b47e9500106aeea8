"""From an event to the lists and the letters of those whom it concerns, each told once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from communities.models import (
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    Level,
    Membership,
    MembershipState,
    Notification,
    TopicReader,
)
from portal.accounts.models import User
from portal.core.letters import unsubscribe_headers
from portal.organisations.models import Affiliation
from portal.organisations.roles import GROUP_DIREZIONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.mail.backends.base import BaseEmailBackend

    from communities.models import Space, Topic

BATCH = 500
SALT = "communities.unsubscribe"
TO_MODERATORS = {EventKind.REQUESTED, EventKind.FLAGGED}
TO_PERSON = {EventKind.ADMITTED, EventKind.REFUSED, EventKind.REMOVED}
# Letters about these are the answer to what the person did herself: they come in any case.
PERSONAL = TO_PERSON | {EventKind.HIDDEN}


def fan_out(event: Event) -> int:
    """Write notifications and deliveries of an event in batches; return how many people hear of it.

    A task delivered twice writes nothing twice: the constraints of the tables refuse it.
    """
    people = _recipients(event)
    count = 0
    while batch := list(islice(people, BATCH)):
        with transaction.atomic():
            Notification.objects.bulk_create(
                [Notification(user_id=pk, event=event) for pk, _ in batch], ignore_conflicts=True
            )
            Delivery.objects.bulk_create(
                [Delivery(user_id=pk, event=event) for pk, by_mail in batch if by_mail],
                ignore_conflicts=True,
            )
        count += len(batch)
    Event.objects.filter(pk=event.pk, fanned_out_at__isnull=True).update(
        fanned_out_at=timezone.now()
    )
    return count


def _recipients(event: Event) -> Iterator[tuple[int, bool]]:
    """Yield who hears of an event, and whether by mail too; never who did it."""
    inside = Membership.objects.active().filter(space=event.space_id, user__is_active=True)
    if event.actor_id:
        inside = inside.exclude(user=event.actor_id)
    match event.kind:
        case EventKind.TOPIC:
            found = inside.filter(level=Level.FOLLOWING)
        case EventKind.REPLY:
            following = TopicReader.objects.filter(topic=event.topic_id, level=Level.FOLLOWING)
            found = inside.filter(user__in=following.values("user")).exclude(level=Level.MUTED)
        case EventKind.ACCEPTED:
            found = inside.filter(user=event.post.author_id if event.post else None)
        case EventKind.HIDDEN:
            found = inside.filter(user=event.post.author_id if event.post else None)
        case kind if kind in TO_MODERATORS:
            found = Membership.objects.moderating().filter(
                space=event.space_id, user__is_active=True
            )
            if not found.exists():
                yield from _direction()
                return
        case _:
            if event.membership:
                yield event.membership.user_id, True
            return
    rows = found.order_by("pk").values_list("user", "by_mail")
    for user, by_mail in rows.iterator(chunk_size=BATCH):
        yield user, by_mail or event.kind in PERSONAL


def _direction() -> Iterator[tuple[int, bool]]:
    """UPI's direction answers for a space where nobody does."""
    people = User.objects.filter(is_active=True, groups__name=GROUP_DIREZIONE)
    yield from ((pk, True) for pk in people.values_list("pk", flat=True))


def deliver(event: Event) -> int:
    """Send the letters of an event that wait; return how many went out.

    A letter is claimed before it is sent: if the worker dies in between it may be missing, but
    nobody gets it twice. Rights are those of the moment of sending.
    """
    sent = 0
    queued = Delivery.objects.filter(event=event, state=DeliveryState.QUEUED)
    while batch := list(queued.select_related("user").order_by("pk")[:BATCH]):
        may = _still_concerned(event, [one.user_id for one in batch])
        with get_connection() as connection:
            for delivery in batch:
                if delivery.user_id not in may or not delivery.user.is_active:
                    _move(delivery, DeliveryState.QUEUED, DeliveryState.SKIPPED)
                elif _move(delivery, DeliveryState.QUEUED, DeliveryState.SENDING):
                    try:
                        _letter(event, delivery.user, connection).send()
                    except Exception:
                        _move(delivery, DeliveryState.SENDING, DeliveryState.QUEUED)
                        raise
                    _move(delivery, DeliveryState.SENDING, DeliveryState.SENT)
                    sent += 1
    return sent


def _move(delivery: Delivery, before: DeliveryState, after: DeliveryState) -> bool:
    mine = Delivery.objects.filter(pk=delivery.pk, state=before)
    return bool(mine.update(state=after, changed_at=timezone.now()))


def _still_concerned(event: Event, people: Iterable[int]) -> set[int]:
    """Return those who may still know of an event, and have not muted what it is about."""
    people = set(people)
    if event.kind in TO_PERSON:
        return people
    if event.topic and event.topic.deleted_at:
        return set()
    words = event.post if event.kind in (EventKind.TOPIC, EventKind.REPLY) else None
    if words and not words.is_readable:
        return set()
    inside = Membership.objects.active().filter(space=event.space_id, user__in=people)
    if event.kind == EventKind.REQUESTED:
        waits = event.membership and event.membership.state == MembershipState.REQUESTED
        return people if waits else set()
    if event.kind == EventKind.FLAGGED:
        moderating = set(inside.moderating().values_list("user", flat=True))
        return moderating or people
    verified = Affiliation.objects.active().filter(user__in=people).values("user")
    kept = inside.filter(user__in=verified)
    if event.kind not in PERSONAL:
        kept = kept.exclude(level=Level.MUTED).filter(by_mail=True)
        muted = TopicReader.objects.filter(topic=event.topic_id, level=Level.MUTED, user__in=people)
        kept = kept.exclude(user__in=muted.values("user"))
    return set(kept.values_list("user", flat=True))


def _letter(event: Event, user: User, connection: BaseEmailBackend) -> EmailMessage:
    base = settings.PORTAL_BASE_URL.rstrip("/")
    path = unsubscribe_path(user, event.space, event.topic if event.kind == "risposta" else None)
    stoppable = event.kind not in PERSONAL and event.kind not in TO_MODERATORS
    values = {
        "event": event,
        "person": user,
        "base_url": base,
        "stop_url": f"{base}{path}" if stoppable else "",
    }
    text = render_to_string(f"communities/mail/{EventKind(event.kind).name.lower()}.txt", values)
    subject, _, body = text.partition("\n")
    headers = unsubscribe_headers(path) if stoppable else {}
    return EmailMessage(
        subject.strip(),
        body.lstrip(),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
        connection=connection,
        headers=headers,
    )


def unsubscribe_path(user: User, space: Space, topic: Topic | None) -> str:
    """Return the signed address that stops the letters of a discussion or a space (RFC 8058)."""
    mark = signing.dumps([user.pk, space.pk, topic.pk if topic else 0], salt=SALT, compress=True)
    return reverse("communities:unsubscribe", args=[mark])


def read_mark(mark: str) -> tuple[int, int, int]:
    """Return person, space and discussion of a signed address; raises signing.BadSignature."""
    user, space, topic = signing.loads(mark, salt=SALT)
    return int(user), int(space), int(topic)


def stop_letters(user_pk: int, space_pk: int, topic_pk: int, stop: bool = True) -> None:
    """Stop the letters of a discussion, or of a whole space, or let them come again."""
    if topic_pk:
        TopicReader.objects.filter(user=user_pk, topic=topic_pk).update(
            level=Level.MUTED if stop else Level.FOLLOWING
        )
    else:
        Membership.objects.filter(user=user_pk, space=space_pk).update(by_mail=not stop)
