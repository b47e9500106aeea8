"""The main navigation: top pages shown in menus and the sections that are not pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, Site

from portal.core.pages import visible_pages
from portal.core.registry import Registry

Section = Callable[[], dict[str, Any]]
sections: Registry[Section] = Registry("section")
register_section = sections.register

# Where a top page stands among the sections, by its slug; what is not named comes last.
PAGE_ORDER = {
    "reti": 10,
    "notizie": 20,
    "eventi": 30,
    "formazione": 50,
    "comunita": 60,
    "il-progetto": 90,
}


def navigation_for(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the entries of the main menu: ``title url active children`` each."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    root = site.root_page
    pages = list(
        visible_pages(request.user)
        .descendant_of(root)
        .filter(depth__lte=root.depth + 2, show_in_menus=True)
        .order_by("path")
    )
    entries: list[tuple[int, dict[str, Any]]] = []
    for page in pages:
        if page.depth == root.depth + 1:
            entries.append((PAGE_ORDER.get(page.slug, 80), _entry(page, pages, root, request)))
    for _, section in sections:
        entry = {"children": [], **section()}
        entry["active"] = request.path.startswith(entry["url"])
        entries.append((entry.pop("order", 50), entry))
    return [entry for _, entry in sorted(entries, key=lambda pair: pair[0])]


def _url(page: Page, root: Page) -> str:
    """Return the address of a page of the request's own site, which needs no asking."""
    return "/" + str(page.url_path).removeprefix(root.url_path)


def _entry(page: Page, pages: list[Page], root: Page, request: HttpRequest) -> dict[str, Any]:
    url = _url(page, root)
    return {
        "title": page.title,
        "url": url,
        "active": request.path.startswith(url),
        "children": [
            {"title": child.title, "url": _url(child, root), "slug": child.slug}
            for child in pages
            if child.depth == page.depth + 1 and child.path.startswith(page.path)
        ]
        if page.slug == "reti"
        else [],
    }
