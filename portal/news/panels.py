"""What the home page and the networks show of news and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone

from portal.news.selectors import news_for, next_events

if TYPE_CHECKING:
    from django.http import HttpRequest

    from portal.organisations.models import Network


def home_news(request: HttpRequest, **context: object) -> str:
    """Return the last news of the home page."""
    items = list(news_for(request.user).select_related("social_image")[:2])
    return render_to_string("news/panel_home_news.html", {"items": items}, request) if items else ""


def home_events(request: HttpRequest, **context: object) -> str:
    """Return the next events of the home page."""
    return _events(request, None, 3)


def network_news(request: HttpRequest, network: Network, **context: object) -> str:
    """Return the last news of a network."""
    items = list(news_for(request.user, network)[:3])
    values = {"items": items, "network": network}
    return render_to_string("news/panel_network_news.html", values, request) if items else ""


def network_events(request: HttpRequest, network: Network, **context: object) -> str:
    """Return the next events of a network."""
    return _events(request, network, 3)


def _events(request: HttpRequest, network: Network | None, count: int) -> str:
    items = next_events(request.user, count, network)
    if not items:
        return ""
    over = items[0].end < timezone.now()
    values = {"items": items, "network": network, "over": over}
    return render_to_string("news/panel_events.html", values, request)
