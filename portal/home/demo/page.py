"""The shape of a demonstration page, read from the texts of this package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal.library.demo.body import Body, read_body, read_text

HERE = Path(__file__).parent


@dataclass(frozen=True)
class PageText:
    """A generic page; ``parent`` is the key of the page above it, empty below the home page."""

    key: str
    slug: str
    title: str
    summary: str
    parent: str
    topics: tuple[str, ...]
    in_menus: bool
    body: Body


def read_project_pages() -> list[PageText]:
    """Return the section «Il progetto», every page after the one above it."""
    return [_page(path) for path in sorted((HERE / "project").glob("*.md"))]


def read_service_pages() -> list[PageText]:
    """Return the service pages: notes, privacy, accessibility, transparency, contacts, map."""
    return [_page(path) for path in sorted((HERE / "service").glob("*.md"))]


def _page(path: Path) -> PageText:
    about, text = read_text(path)
    return PageText(
        key=path.stem.partition("-")[2],
        slug=about["slug"],
        title=about["title"],
        summary=about["summary"],
        parent=about.get("parent", ""),
        topics=tuple(about.get("topics", ())),
        in_menus=about.get("in_menus", False),
        body=read_body(text),
    )
