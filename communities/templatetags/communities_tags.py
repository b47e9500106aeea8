"""How the communities speak of people and moments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format

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
