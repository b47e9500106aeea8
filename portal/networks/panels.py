"""What the library shows of the networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from portal.core.pages import visible_pages
from portal.networks.models import ServiceModelPage

if TYPE_CHECKING:
    from django.http import HttpRequest

    from portal.library.models import DocumentKit


def models_of_kit(request: HttpRequest, kit: DocumentKit, **context: object) -> str:
    """Return the links to the service models whose documents a raccolta holds."""
    pages = visible_pages(request.user, ServiceModelPage.objects.filter(document_kit=kit))
    found = list(pages.order_by("title"))
    return render_to_string("networks/panel_kit.html", {"models": found}, request) if found else ""
