"""What the home page lists: networks, figures, the map of the Provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from portal.core.blocks import number_items
from portal.core.pages import visible_pages
from portal.networks.selectors import count_documents, network_cards
from portal.organisations.tiles import province_tiles

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from portal.home.models import HomePage
    from portal.networks.models import NetworkPage

    Reader = AbstractBaseUser | AnonymousUser


def front_page(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Return the context of the home page, every list and count true for the reader."""
    reader = request.user
    visible = visible_pages(reader)
    networks = network_cards(reader, page, visible)
    return {
        "networks": networks,
        "tiles": tiles(networks),
        "figures": [
            *number_items([block.value for block in page.figures], request),
            _documents_figure(reader, count_documents(reader, networks)),
        ],
        "structured_data": organisation_data(page),
    }


def tiles(networks: list[NetworkPage]) -> list[dict[str, Any]]:
    """Return a tile for each Province, those that lead a network marked with it."""
    return province_tiles(
        {
            page.network.lead_province.sigla: (
                page.network.slug,
                f"capofila della {page.network.name}",
            )
            for page in networks
            if page.network.lead_province
        }
    )


def _documents_figure(reader: Reader, count: int) -> dict[str, str]:
    return {
        "value": str(count),
        "label": "documento in biblioteca" if count == 1 else "documenti in biblioteca",
        "note": "aperti a chi ha questo accesso" if reader.is_authenticated else "aperti a tutti",
        "url": reverse("library:index"),
    }


def organisation_data(page: HomePage) -> dict[str, Any]:
    """Return the JSON-LD of the organisation behind the portal."""
    return {
        "@type": "GovernmentOrganization",
        "name": "UPI – Unione Province d'Italia",
        "url": settings.PORTAL_BASE_URL.rstrip("/") + "/",
        "description": page.summary,
        "areaServed": {"@type": "Country", "name": "Italia"},
    }
