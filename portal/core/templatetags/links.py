"""Addresses of the links that editors compose."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def link_href(context: Any, link: Any) -> str:
    """Return the address of a ``LinkBlock`` value, empty when it leads nowhere."""
    return link.href(context.get("request")) if link else ""
