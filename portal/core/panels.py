"""Panels: pieces that a feature shows on a page of the portal without being imported by it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from portal.core.registry import Registry

Panel = Callable[..., str]
PLACES = (
    "network_news",
    "network_events",
    "network_community",
    "network_courses",
    "account_dashboard",
    "header_notices",
    "home_aside",
    "home_news",
    "home_events",
    "kit",
)
_panels: dict[str, Registry[Panel]] = {place: Registry("panel") for place in PLACES}


def register_panel(place: str, name: str, render: Panel, order: int = 0) -> None:
    """Show ``render(request, **context)`` at a place; it returns safe HTML or an empty string."""
    _panels[place].register(name, render, order)


def render_panels(place: str, request: HttpRequest, **context: object) -> SafeString:
    """Return the panels of a place one after the other, those with nothing to say left out."""
    return mark_safe("".join(render(request, **context) for _, render in _panels[place]))  # noqa: S308
