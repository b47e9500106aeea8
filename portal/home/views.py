"""The site map and the small files that robots ask for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from portal.core.models import SiteSettings
from portal.core.navigation import sections
from portal.core.pages import visible_pages
from portal.home.models import ContentPage
from portal.networks.models import NetworkPage, PracticePage, ServiceModelPage

SECURITY_TEXT_DAYS = 180
SITE_MAP_TYPES = (ContentPage, NetworkPage, ServiceModelPage, PracticePage)
CLOSED_TO_ROBOTS = ("/gestione/", "/account/", "/cerca/", "/api/", "/documenti/", "/attestati/")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """List the pages that the reader may see, as a tree; a section's items stay in its index."""
    site = Site.find_for_request(request)
    tree: list[dict[str, Any]] = []
    if site:
        root = site.root_page
        pages = visible_pages(request.user).descendant_of(root)
        shown = pages.filter(depth=root.depth + 1) | pages.type(*SITE_MAP_TYPES)
        tree = page_tree(shown.order_by("path"), request)
    others = [section() for _, section in sections]
    return render(request, "home/site_map.html", {"tree": tree, "sections": others})


def page_tree(pages: Any, request: HttpRequest) -> list[dict[str, Any]]:
    """Return pages in the order of their paths as nested ``title url children``."""
    roots: list[dict[str, Any]] = []
    open_nodes: list[tuple[Page, list[dict[str, Any]]]] = []
    for page in pages:
        while open_nodes and not page.path.startswith(open_nodes[-1][0].path):
            open_nodes.pop()
        level = open_nodes[-1][1] if open_nodes else roots
        node = {"title": page.title, "url": page.get_url(request), "children": []}
        level.append(node)
        open_nodes.append((page, node["children"]))
    return roots


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where not to go and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED_TO_ROBOTS), ""]
    lines.append(f"Sitemap: {_absolute('sitemap')}")
    return _plain(lines)


@require_safe
def security_text(request: HttpRequest) -> HttpResponse:
    """Tell whom to write about a weakness (RFC 9116); 404 while no contact is configured."""
    site_settings = SiteSettings.for_request(request)
    contact = "".join((site_settings.security_contact or site_settings.contact_email).split())
    if not contact:
        raise Http404("No security contact is configured.")
    if not contact.startswith(("https://", "mailto:", "tel:")):
        contact = f"mailto:{contact}"
    expires = (timezone.now() + timedelta(days=SECURITY_TEXT_DAYS)).replace(microsecond=0)
    return _plain(
        [
            f"Contact: {contact}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: it, en",
            f"Canonical: {_absolute('security_text')}",
        ]
    )


def _absolute(name: str) -> str:
    return f"{settings.PORTAL_BASE_URL.rstrip('/')}{reverse(name)}"


def _plain(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
