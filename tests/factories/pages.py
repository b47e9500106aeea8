"""Pages of the portal, published below a home page."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from portal.home.models import ContentPage, HomePage
from portal.networks.models import (
    NetworkIndexPage,
    NetworkPage,
    PracticePage,
    ServiceModelPage,
)
from portal.news.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from portal.organisations.models import Network, Organisation

P = TypeVar("P", bound=Page)
_numbers = count(1)


def published(parent: Page, page: P) -> P:
    """Add a live page below another."""
    parent.add_child(instance=page)
    return page


def home_page(**fields: Any) -> HomePage:
    """Make the home page of the default site, or return the one that is there."""
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    if isinstance(site.root_page.specific, HomePage):
        return site.root_page.specific
    values = {"title": "Portale", "slug": "portale", "summary": "Sommario", "hero_title": "Insieme"}
    home = published(Page.get_first_root_node(), HomePage(**{**values, **fields}))
    site.root_page = home
    site.save()
    return home


def content_page(parent: Page | None = None, **fields: Any) -> ContentPage:
    """Make a generic page."""
    number = next(_numbers)
    values = {"title": f"Pagina {number}", "slug": f"pagina-{number}", "summary": "Sommario"}
    return published(parent or home_page(), ContentPage(**{**values, **fields}))


def network_page(slug: str = "sua", **fields: Any) -> NetworkPage:
    """Make the page of a network below /reti/."""
    home = home_page()
    index = NetworkIndexPage.objects.child_of(home).first() or published(
        home, NetworkIndexPage(title="Reti", slug="reti", summary="Le tre reti")
    )
    network = Network.objects.get(slug=slug)
    values = {"title": network.name, "slug": slug, "summary": "La rete", "network": network}
    return published(index, NetworkPage(**{**values, **fields}))


def service_model_page(parent: NetworkPage, **fields: Any) -> ServiceModelPage:
    """Make a service model of a network."""
    number = next(_numbers)
    values = {"title": f"Modello {number}", "slug": f"modello-{number}", "summary": "Il modello"}
    return published(parent, ServiceModelPage(**{**values, **fields}))


def practice_page(parent: NetworkPage, **fields: Any) -> PracticePage:
    """Make a practice of the Province of Treviso."""
    number = next(_numbers)
    values = {
        "title": f"Pratica {number}",
        "slug": f"pratica-{number}",
        "summary": "La pratica",
        "organisation": Organisation.objects.provinces().get(sigla="TV"),
        "problem": "<p>Il problema.</p>",
        "solution": "<p>La soluzione.</p>",
    }
    return published(parent, PracticePage(**{**values, **fields}))


def restrict_to_members(page: Page) -> PageViewRestriction:
    """Keep a page, and those below it, for the members of the portal."""
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def news_page(**fields: Any) -> NewsPage:
    """Make a news item below /notizie/."""
    home = home_page()
    index = NewsIndexPage.objects.child_of(home).first() or published(
        home, NewsIndexPage(title="Notizie", slug="notizie", summary="Le notizie")
    )
    number = next(_numbers)
    values = {"title": f"Notizia {number}", "slug": f"notizia-{number}", "summary": "Sommario"}
    return published(index, NewsPage(**{**values, **fields}))


def event_page(**fields: Any) -> EventPage:
    """Make an event of tomorrow below /eventi/."""
    home = home_page()
    index = EventIndexPage.objects.child_of(home).first() or published(
        home, EventIndexPage(title="Eventi", slug="eventi", summary="Gli eventi")
    )
    number = next(_numbers)
    start = timezone.now() + timedelta(days=1)
    values = {
        "title": f"Evento {number}",
        "slug": f"evento-{number}",
        "summary": "Sommario",
        "start": start,
        "end": start + timedelta(hours=2),
        "place": "Roma",
    }
    return published(index, EventPage(**{**values, **fields}))
