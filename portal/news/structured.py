"""Structured data of news and events (schema.org NewsArticle and Event)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

    from portal.news.models import EventPage, NewsPage

PUBLISHER = {"@type": "GovernmentOrganization", "name": "UPI – Unione Province d'Italia"}
ATTENDANCE = {"presenza": "Offline", "online": "Online", "mista": "Mixed"}


def absolute(path: str | None) -> str:
    """Return the public address of a path."""
    return settings.PORTAL_BASE_URL.rstrip("/") + (path or "/")


def news_data(page: NewsPage, request: HttpRequest | None = None) -> dict[str, Any]:
    """Return the JSON-LD of a news item."""
    return {
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.summary,
        "datePublished": page.date.isoformat(),
        "dateModified": (page.last_update or page.date).isoformat(),
        "inLanguage": "it",
        "url": absolute(page.get_url(request)),
        "publisher": PUBLISHER,
    }


def event_data(page: EventPage, request: HttpRequest | None = None) -> dict[str, Any]:
    """Return the JSON-LD of an event."""
    kind = ATTENDANCE[page.mode]
    online = {"@type": "VirtualLocation", "url": absolute(page.get_url(request))}
    here = {"@type": "Place", "name": page.place, "address": page.place}
    location = {"Offline": here, "Online": online, "Mixed": [here, online]}[kind]
    return {
        "@type": "Event",
        "name": page.title,
        "description": page.summary,
        "startDate": page.start.isoformat(),
        "endDate": page.end.isoformat(),
        "eventAttendanceMode": f"https://schema.org/{kind}EventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": location,
        "organizer": PUBLISHER,
        "url": absolute(page.get_url(request)),
    }
