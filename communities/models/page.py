from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel

from communities.models.space import Space
from communities.roles import role_in
from portal.core.blocks import BodyStreamBlock
from portal.core.fields import SlimStreamField
from portal.core.pages import BasePage, visible_pages
from portal.organisations.models import Network


class SpaceIndexPage(BasePage):
    """The list of the spaces."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["communities.SpacePage"]
    max_count_per_parent = 1
    page_description = "L'elenco delle comunità."

    class Meta:
        verbose_name = "elenco delle comunità"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = visible_pages(request.user, SpacePage.objects.child_of(self))
        return {**context, "spaces": list(pages.select_related("space__network").order_by("path"))}


class SpacePage(BasePage):
    """A space as the public sees it: what it is for, who is in, how to join."""

    space = models.OneToOneField(Space, on_delete=models.PROTECT, related_name="page")
    body = SlimStreamField(BodyStreamBlock(), verbose_name="presentazione", blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("space"), FieldPanel("body")]
    parent_page_types = ["communities.SpaceIndexPage"]
    subpage_types: list[str] = []
    page_description = "Una comunità: che cosa vi si discute, con quali regole, come si entra."

    class Meta:
        verbose_name = "pagina di una comunità"
        verbose_name_plural = "pagine delle comunità"

    @property
    def network(self) -> Network | None:
        """The network of the space."""
        return self.space.network

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "space": self.space, "roles": role_in(request.user, self.space_id)}
