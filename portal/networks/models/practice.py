from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField

from portal.core.blocks import visible_documents
from portal.core.blocks.text import RICH_TEXT_FEATURES
from portal.core.fields import SlimStreamField
from portal.core.pages import BasePage
from portal.networks.models.parts import InNetwork

# The parts of the card, in the order in which a reader who wants to do the same asks for them.
PARTS = ("problem", "solution", "acts", "costs", "results")


class PracticePage(InNetwork, BasePage):
    """A good practice: what a body did, how, with which acts, costs and results."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="ente",
        on_delete=models.PROTECT,
        related_name="practices",
        help_text="La Provincia o l'altro ente che l'ha realizzata.",
    )
    problem = RichTextField("il problema", features=RICH_TEXT_FEATURES)
    solution = RichTextField("la soluzione", features=RICH_TEXT_FEATURES)
    acts = RichTextField("gli atti", features=RICH_TEXT_FEATURES, blank=True)
    costs = RichTextField("costi e personale", features=RICH_TEXT_FEATURES, blank=True)
    results = RichTextField("i risultati", features=RICH_TEXT_FEATURES, blank=True)
    contact = models.CharField(
        "a chi chiedere", max_length=250, blank=True, help_text="Ufficio e recapito dell'ente."
    )
    documents = SlimStreamField(
        [("document", DocumentChooserBlock(label="Documento"))],
        verbose_name="documenti",
        blank=True,
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("organisation"),
        MultiFieldPanel([FieldPanel(part) for part in PARTS], heading="La scheda"),
        FieldPanel("contact"),
        FieldPanel("documents"),
    ]
    parent_page_types = ["networks.NetworkPage"]
    subpage_types: list[str] = []
    page_description = "La scheda di una buona pratica di una Provincia o di un altro ente."

    class Meta:
        verbose_name = "buona pratica"
        verbose_name_plural = "buone pratiche"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["network"] = self.network
        context["parts"] = [
            {
                "anchor": part,
                "title": str(self._meta.get_field(part).verbose_name).capitalize(),
                "text": getattr(self, part),
            }
            for part in PARTS
            if getattr(self, part)
        ]
        context["documents"] = visible_documents(
            request.user, [block.value for block in self.documents]
        )
        return context
