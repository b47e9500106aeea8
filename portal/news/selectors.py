"""Lists of news and events, already filtered by what the reader may see."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Case, DurationField, ExpressionWrapper, F, Q, When
from django.utils import timezone

from portal.core.pages import visible_pages
from portal.news.models import EventPage, NewsPage

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from wagtail.query import PageQuerySet

    from portal.organisations.models import Network

    Reader = AbstractBaseUser | AnonymousUser


def news_for(reader: Reader, network: Network | None = None) -> PageQuerySet:
    """Return the news for a reader, newest first."""
    found = visible_pages(reader, NewsPage.objects.all()).select_related("network", "province")
    found = found.filter(network=network) if network else found
    return found.order_by("-date", "-pk")


def events_for(reader: Reader, network: Network | None = None) -> PageQuerySet:
    """Return the events for a reader in order of time."""
    found = visible_pages(reader, EventPage.objects.all()).select_related("network", "province")
    found = found.filter(network=network) if network else found
    return found.order_by("start", "pk")


def next_events(reader: Reader, count: int, network: Network | None = None) -> list[EventPage]:
    """Return the next events, or the last ones held where there is none (one query)."""
    now = timezone.now()
    held = Q(end__lt=now)
    distance = Case(
        When(held, then=ExpressionWrapper(now - F("start"), DurationField())),
        default=ExpressionWrapper(F("start") - now, DurationField()),
    )
    found = events_for(reader, network).annotate(
        over=Case(When(held, then=1), default=0), distance=distance
    )
    nearest: list[EventPage] = list(found.order_by("over", "distance")[:count])
    return [event for event in nearest if event.over == nearest[0].over]


def events_of_month(reader: Reader, month: dt.date) -> list[EventPage]:
    """Return the events that touch a month."""
    zone = timezone.get_current_timezone()
    first = dt.datetime(month.year, month.month, 1, tzinfo=zone)
    after = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    last = dt.datetime(after.year, after.month, 1, tzinfo=zone)
    return list(events_for(reader).filter(start__lt=last, end__gte=first))
