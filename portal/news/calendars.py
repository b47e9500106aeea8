"""Events as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from portal.news.models import EventPage
from portal.news.structured import absolute


def calendar_of(events: Iterable[EventPage]) -> bytes:
    """Return a calendar with these events."""
    calendar = Calendar()
    calendar.add("prodid", "-//UPI//Province & Comuni//IT")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Province & Comuni")
    host = urlsplit(settings.PORTAL_BASE_URL).hostname or "portale"
    for page in events:
        event = Event()
        event.add("uid", f"evento-{page.pk}@{host}")
        event.add("dtstamp", page.last_published_at or timezone.now())
        event.add("dtstart", timezone.localtime(page.start))
        event.add("dtend", timezone.localtime(page.end))
        event.add("summary", page.title)
        event.add("description", page.summary)
        event.add("location", page.place)
        event.add("url", absolute(page.get_url()))
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data
