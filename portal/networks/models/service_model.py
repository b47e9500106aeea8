from __future__ import annotations

from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel

from portal.core.blocks import BodyStreamBlock, DocumentsBlock, page_index, text_block
from portal.core.fields import SlimStreamField
from portal.core.pages import BasePage
from portal.library.kit_selectors import documents_of_kit
from portal.library.models import DocumentKit
from portal.networks.forms import ServiceModelPageForm
from portal.networks.models.parts import InNetwork


class VariantBlock(blocks.StructBlock):
    """A form of the model for a kind of Province."""

    title = blocks.CharBlock(label="Nome della variante", max_length=120)
    for_whom = blocks.CharBlock(
        label="Per chi", max_length=200, help_text="Per esempio: Province con Comuni piccoli."
    )
    text = text_block(label="In che cosa differisce")

    class Meta:
        icon = "copy"
        label = "Variante"
        template = "networks/blocks/variant.html"


class KitSectionBlock(blocks.StructBlock):
    """Documents of the kit that serve the same purpose."""

    title = blocks.CharBlock(
        label="A che cosa servono", max_length=120, help_text="Per esempio: Per aderire."
    )
    documents = DocumentsBlock(label="Documenti")

    class Meta:
        icon = "folder-open-1"
        label = "Gruppo di documenti"
        template = "networks/blocks/kit_section.html"


class ServiceModelPage(InNetwork, BasePage):
    """A model of service: sections, variants, and the kit of documents to adopt it."""

    body = SlimStreamField(BodyStreamBlock(), verbose_name="sezioni", blank=True)
    variants = SlimStreamField([("variant", VariantBlock())], verbose_name="varianti", blank=True)
    kit = SlimStreamField(
        [("section", KitSectionBlock())],
        verbose_name="kit di documenti",
        blank=True,
        help_text="Gli schemi e i moduli con cui una Provincia adotta il modello.",
    )

    document_kit = models.ForeignKey(
        DocumentKit,
        verbose_name="raccolta da scaricare",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="service_models",
        help_text="La raccolta della biblioteca che si scarica dalla pagina in un solo file ZIP.",
    )

    base_form_class = ServiceModelPageForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("variants"),
        FieldPanel("kit"),
        FieldPanel("document_kit"),
    ]
    parent_page_types = ["networks.NetworkPage"]
    subpage_types: list[str] = []
    page_description = "Un modello di servizio della rete, con varianti e kit."

    class Meta:
        verbose_name = "modello di servizio"
        verbose_name_plural = "modelli di servizio"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["network"] = self.network
        context["page_index"] = page_index(self.body)
        context["document_kit"] = kit = self.document_kit_for(request.user)
        context["kit_documents"] = documents_of_kit(request.user, kit).count() if kit else 0
        return context

    def document_kit_for(self, reader: Any) -> DocumentKit | None:
        """Return the raccolta of the model for somebody who may read it."""
        return DocumentKit.objects.visible_to(reader).filter(pk=self.document_kit_id).first()

    @property
    def kit_size(self) -> int:
        """How many documents the kit has, whoever may read them."""
        return sum(len(section["value"]["documents"]) for section in self.kit.raw_data)
