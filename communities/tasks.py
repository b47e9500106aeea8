"""What the worker does for the communities."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from communities.models import Delivery, DeliveryState, Event, PostState, Topic
from communities.services.notifications import deliver
from communities.services.notifications import fan_out as tell_everybody

LATE = timedelta(minutes=2)
RECENT = timedelta(days=2)


def fan_out(pk: int) -> int:
    """Tell an event to those whom it concerns; return how many letters went out."""
    found = Event.objects.select_related(
        "space__network", "topic", "post__author", "post__organisation", "membership__user", "actor"
    )
    event = found.filter(pk=pk).first()
    if event is None:
        return 0
    if event.fanned_out_at is None:
        tell_everybody(event)
    return deliver(event)


def resume_events() -> int:
    """Tell what a worker that died left half told; return how many events there were."""
    before = timezone.now() - LATE
    waiting = set(
        Event.objects.filter(fanned_out_at__isnull=True, created_at__lt=before).values_list(
            "pk", flat=True
        )
    )
    unsent = Delivery.objects.filter(state=DeliveryState.QUEUED, changed_at__lt=before)
    waiting.update(unsent.values_list("event", flat=True))
    for pk in sorted(waiting):
        fan_out(pk)
    return len(waiting)


def reconcile_counters() -> int:
    """Count again the answers of the discussions that moved lately; return how many were wrong."""
    readable = Q(
        posts__number__gt=1, posts__deleted_at__isnull=True, posts__state=PostState.PUBLISHED
    )
    recent = Topic.objects.filter(bumped_at__gte=timezone.now() - RECENT)
    counted = recent.annotate(true_count=Count("posts", filter=readable))
    wrong = counted.exclude(true_count=F("reply_count")).values_list("pk", "true_count")
    mended = 0
    for pk, count in wrong:
        mended += Topic.objects.filter(pk=pk).update(reply_count=count)
    return mended
