"""The shape of a demonstration page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Body = list[tuple[str, Any]]


@dataclass(frozen=True)
class PageText:
    """A generic page; ``parent`` is the key of the page above it, empty below the home page."""

    key: str
    slug: str
    title: str
    summary: str
    parent: str = ""
    body: Body = field(default_factory=list)
    topics: tuple[str, ...] = ()
    in_menus: bool = False
