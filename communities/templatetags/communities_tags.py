"""How the communities speak of people and moments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from communities.models import Space, SpacePage, Topic
from communities.selectors.spaces import Standing, standing_of
from communities.selectors.topics import latest_topics
from communities.writing import shortened

register = template.Library()
TONES = 4


@register.filter
def iniziali(user: Any) -> str:
    """Return the initials of a person."""
    names = [name for name in (user.first_name, user.last_name) if name] or [user.email]
    return "".join(name[0] for name in names[:2]).upper()


@register.filter
def tono(user: Any) -> int:
    """Return the tone of a person's initials, always the same."""
    return int(user.pk) % TONES


@register.filter
def momento(value: Any) -> str:
    """Write a moment as Italians do: ``3 maggio 2022, 9:12``."""
    if not isinstance(value, datetime):
        return ""
    return date_format(timezone.localtime(value), "j F Y, G:i").lower()


@register.filter
def estratto(text: str, length: int = 280) -> str:
    """Return the beginning of a text on one line."""
    return shortened(text, length)


@register.simple_tag(takes_context=True)
def standings(context: Any, pages: list[SpacePage]) -> list[tuple[SpacePage, Standing]]:
    """Return the pages of spaces, each with where the reader stands with its space."""
    found = standing_of(context["request"].user, [page.space for page in pages])
    return [(page, found[page.space_id]) for page in pages]


@register.simple_tag(takes_context=True)
def standing_with(context: Any, space: Space) -> Standing:
    """Return where the reader stands with a space."""
    return standing_of(context["request"].user, [space])[space.pk]


@register.simple_tag(takes_context=True)
def last_moved(context: Any, space: Space, count: int) -> list[Topic]:
    """Return the discussions of a space that moved last, none for who is not in it."""
    return latest_topics(context["request"].user, space, count)
