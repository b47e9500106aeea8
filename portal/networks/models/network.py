from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from portal.core.blocks import BodyStreamBlock
from portal.core.fields import SlimStreamField
from portal.core.pages import BasePage
from portal.organisations.models import Network


class NetworkIndexPage(BasePage):
    """The page above the networks."""

    body = SlimStreamField(BodyStreamBlock(), verbose_name="contenuto", blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["networks.NetworkPage"]
    max_count_per_parent = 1
    page_description = "L'elenco delle reti."

    class Meta:
        verbose_name = "elenco delle reti"
        verbose_name_plural = "elenchi delle reti"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.networks.selectors import count_documents, network_cards

        context = super().get_context(request, *args, **kwargs)
        context["networks"] = network_cards(request.user, self)
        count_documents(request.user, context["networks"])
        return context


class NetworkPage(BasePage):
    """A network: who leads it, its models, its practices, and what happens in it."""

    network = models.OneToOneField(
        Network, verbose_name="rete", on_delete=models.PROTECT, related_name="page"
    )
    coordinator = models.CharField(
        "coordinamento",
        max_length=200,
        blank=True,
        help_text="Ufficio o persona che coordina la rete.",
    )
    body = SlimStreamField(BodyStreamBlock(), verbose_name="contenuto", blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("network"), FieldPanel("coordinator")], heading="Rete"),
        FieldPanel("body"),
    ]
    parent_page_types = ["networks.NetworkIndexPage"]
    subpage_types = ["networks.ServiceModelPage", "networks.PracticePage"]
    page_description = "Una rete: modelli, buone pratiche, notizie, appuntamenti."

    class Meta:
        verbose_name = "rete"
        verbose_name_plural = "reti"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.networks.selectors import network_content

        context = super().get_context(request, *args, **kwargs)
        context.update(network_content(self, request.user, request.GET.get("pagina")))
        return context
