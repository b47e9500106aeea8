from __future__ import annotations

from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from portal.core.blocks import BodyStreamBlock, LinkBlock, NumberBlock
from portal.core.fields import SlimStreamField
from portal.core.pages import BasePage


class ActionBlock(blocks.StructBlock):
    """A button of the opening."""

    label = blocks.CharBlock(label="Testo del pulsante", max_length=60)
    link = LinkBlock()

    class Meta:
        icon = "pick"
        label = "Pulsante"


class HomePage(BasePage):
    """The first page: what the portal is, the three networks, what happens, the figures."""

    hero_title = models.CharField(
        "titolo di apertura", max_length=120, help_text="La frase grande in cima alla pagina."
    )
    actions = SlimStreamField(
        [("action", ActionBlock())], verbose_name="pulsanti", blank=True, max_num=2
    )
    networks_title = models.CharField("titolo delle reti", max_length=80, default="Le reti")
    figures = SlimStreamField(
        [("number", NumberBlock())],
        verbose_name="cifre",
        blank=True,
        max_num=4,
        help_text="Il numero dei documenti in biblioteca si aggiunge da solo.",
    )
    body = SlimStreamField(BodyStreamBlock(), verbose_name="contenuto", blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("actions")], heading="Apertura"),
        FieldPanel("networks_title"),
        FieldPanel("figures"),
        FieldPanel("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    page_description = "La prima pagina di un sito."

    class Meta:
        verbose_name = "pagina iniziale"
        verbose_name_plural = "pagine iniziali"

    def route(self, request: Any, path_components: list[str]) -> Any:
        """Find the page of an address at once, instead of level by level as Wagtail does."""
        if path_components:
            url_path = f"{self.url_path}{'/'.join(path_components)}/"
            found = Page.objects.filter(url_path=url_path).specific().first()
            if found:
                return found.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.home.front import front_page

        context = super().get_context(request, *args, **kwargs)
        context.update(front_page(self, request))
        return context
