"""What every template of the portal may say: icons, days, weights, tiles."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.template.defaulttags import querystring
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from portal.core.duration import duration
from portal.core.pages import HOME_DEPTH, BasePage
from portal.core.tile_grid import TileGrid, pattern

register = template.Library()
register.simple_tag(querystring, takes_context=True, name="query_string")


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return a decorative icon of the sprite; the words beside it say the same."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("portal/dist/icons.svg"),
        name,
    )


@register.filter
def durata(minutes: int) -> str:
    """Write minutes as people do: ``1 ora e 30 minuti``."""
    return duration(minutes)


@register.filter
def giorno(value: Any) -> str:
    """Write a day as Italians do: ``1 marzo 2026``."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return date_format(value, "j F Y").lower() if isinstance(value, date) else ""


@register.filter
def peso(value: Any) -> str:
    """Write a number of bytes with the unit a person would choose: ``412 kB``, ``1,2 MB``."""
    if not isinstance(value, int):
        return ""
    if value < 1000:
        return f"{value} byte"
    if value < 1_000_000:
        return f"{round(value / 1000)} kB"
    return f"{number_format(value / 1_000_000, 1)} MB"


@register.inclusion_tag("components/tile_grid.html")
def tile_grid(tiles: list[dict[str, Any]], large: bool = False) -> dict[str, Any]:
    """Draw the Provinces as a grid of tiles; each has ``sigla name column row network_slug``."""
    return {"grid": TileGrid(tiles), "large": large}


@register.simple_tag
def generated_picture(seed: object, network_slug: str = "") -> SafeString:
    """Return the pattern of tiles that stands for a picture, the same for the same seed."""
    return pattern(str(seed), network_slug)


@register.simple_tag(takes_context=True)
def page_ancestors(context: Any, page: Page) -> list[tuple[str, str]]:
    """Return title and address of the live pages between home and a page."""
    above = page.pages_above if isinstance(page, BasePage) else page.get_ancestors()
    request = context.get("request")
    return [
        (found.title, found.get_url(request) or "")
        for found in above
        if found.depth > HOME_DEPTH and found.live
    ]
