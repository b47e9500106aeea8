"""Words: rich text, quotation, alert."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "superscript"]
SHORT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


def text_block(**kwargs: Any) -> blocks.RichTextBlock:
    """Return a rich text without headings and pictures, which have blocks of their own."""
    kwargs.setdefault("features", RICH_TEXT_FEATURES)
    return blocks.RichTextBlock(**kwargs)


class QuotationBlock(blocks.StructBlock):
    """Somebody's words and whose they are."""

    text = blocks.TextBlock(label="Testo", max_length=1000)
    source = blocks.CharBlock(
        label="Fonte", max_length=200, help_text="Persona, ufficio, ente o documento citato."
    )

    class Meta:
        icon = "openquote"
        label = "Citazione"
        template = "blocks/quotation.html"
        description = "Parole di una persona o di un documento, con la fonte."
        preview_value = {
            "text": "Le reti tematiche rimarranno attive anche dopo la fine delle attività.",
            "source": "UPI, presentazione del progetto",
        }


class AlertBlock(blocks.StructBlock):
    """A notice that must be seen; its level is a word and an icon, never only a colour."""

    LEVELS = [
        ("info", "Informazione"),
        ("success", "Buona notizia"),
        ("warning", "Attenzione"),
        ("danger", "Urgente"),
    ]

    level = blocks.ChoiceBlock(label="Livello", choices=LEVELS, default="info")
    title = blocks.CharBlock(label="Titolo", required=False, max_length=120)
    text = text_block(label="Testo", features=SHORT_FEATURES)

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["level_name"] = dict(self.LEVELS).get(value.get("level"), self.LEVELS[0][1])
        return context

    class Meta:
        icon = "warning"
        label = "Avviso"
        template = "blocks/alert.html"
        description = "Un'avvertenza breve che deve essere notata."
        preview_value = {
            "level": "info",
            "title": "Iscrizioni aperte",
            "text": "<p>Le adesioni ai gruppi di lavoro si raccolgono fino al 30 giugno.</p>",
        }
