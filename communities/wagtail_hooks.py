"""Spaces in /gestione/: UPI's direction makes them and writes their pages."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from communities.models import Space


class SpaceViewSet(ModelViewSet):
    """The spaces; who is in them is decided on their own pages."""

    model = Space
    icon = "comment"
    menu_label = "Comunità"
    menu_order = 720
    add_to_admin_menu = True
    list_display = ["name", "network", "join_policy"]
    search_fields = ["name"]
    form_fields = ["name", "slug", "network", "join_policy"]


@hooks.register("register_admin_viewset")
def spaces() -> SpaceViewSet:
    """Register the spaces."""
    return SpaceViewSet("comunita")
