"""Panels of the features, shown where a template names a place."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal.core.panels import render_panels

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: Any, place: str, **values: object) -> SafeString:
    """Return the panels registered for a place, an empty string when they have nothing to say."""
    request = context.get("request")
    return render_panels(place, request, **values) if request else SafeString("")
