"""Blocks made of equal items: accordion, timeline, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from wagtail import blocks

from portal.core.blocks.links import OptionalLinkBlock
from portal.core.blocks.text import text_block


class AccordionItemBlock(blocks.StructBlock):
    """A question and its answer."""

    title = blocks.CharBlock(label="Titolo", max_length=160)
    text = text_block(label="Testo")

    class Meta:
        label = "Voce"


class AccordionBlock(blocks.ListBlock):
    """Items that open on request; they open without JavaScript too."""

    def __init__(self, child_block: Any = AccordionItemBlock, **kwargs: Any) -> None:
        kwargs.setdefault("min_num", 1)
        super().__init__(child_block, **kwargs)

    class Meta:
        icon = "list-ul"
        label = "Fisarmonica"
        template = "blocks/accordion.html"
        description = "Voci che si aprono a richiesta: domande frequenti, dettagli."
        preview_value = [
            {
                "title": "Chi può aderire?",
                "text": "<p>I Comuni della provincia, con delibera.</p>",
            },
            {"title": "Quanto costa?", "text": "<p>Un contributo secondo l'importo.</p>"},
        ]


class TimelineItemBlock(blocks.StructBlock):
    """Something that happens at a time."""

    STATES = [("done", "Concluso"), ("current", "In corso"), ("planned", "Previsto")]

    date = blocks.CharBlock(
        label="Data o periodo", max_length=80, help_text="Per esempio: 1° febbraio – 31 maggio 2023"
    )
    title = blocks.CharBlock(label="Titolo", max_length=160)
    text = blocks.TextBlock(label="Testo", required=False, max_length=1000)
    state = blocks.ChoiceBlock(label="Stato", choices=STATES, required=False)

    class Meta:
        label = "Tappa"


class TimelineBlock(blocks.ListBlock):
    """Steps in the order of time."""

    def __init__(self, child_block: Any = TimelineItemBlock, **kwargs: Any) -> None:
        kwargs.setdefault("min_num", 1)
        super().__init__(child_block, **kwargs)

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        states = dict(TimelineItemBlock.STATES)
        context["items"] = [
            {
                "date": " · ".join(filter(None, [item["date"], states.get(item.get("state"))])),
                "title": item["title"],
                "text": item.get("text") or "",
            }
            for item in value
        ]
        return context

    class Meta:
        icon = "calendar-alt"
        label = "Linea del tempo"
        template = "blocks/timeline.html"
        description = "Tappe con data, titolo e stato."
        preview_value = [
            {
                "date": "novembre 2020 – agosto 2021",
                "title": "Mappatura",
                "text": "Le esperienze delle Province nei tre ambiti.",
                "state": "done",
            },
            {
                "date": "giugno 2021 – marzo 2022",
                "title": "Focus group",
                "text": "Dodici incontri, quattro per pilastro.",
                "state": "current",
            },
        ]


class NumberBlock(blocks.StructBlock):
    """A figure, what it counts and where it comes from."""

    value = blocks.CharBlock(label="Valore", max_length=20)
    label = blocks.CharBlock(label="Che cosa conta", max_length=80)
    note = blocks.CharBlock(label="Nota o fonte", required=False, max_length=160)
    link = OptionalLinkBlock(required=False)

    class Meta:
        label = "Numero"


def number_items(
    numbers: Iterable[Any], request: HttpRequest | None = None
) -> list[dict[str, str]]:
    """Return ``value label note url`` of each figure, as the component of numbers takes them."""
    return [
        {
            "value": number["value"],
            "label": number["label"],
            "note": number.get("note") or "",
            "url": number["link"].href(request) if number.get("link") else "",
        }
        for number in numbers
    ]


class NumbersBlock(blocks.ListBlock):
    """Figures side by side."""

    def __init__(self, child_block: Any = NumberBlock, **kwargs: Any) -> None:
        kwargs.setdefault("min_num", 1)
        kwargs.setdefault("max_num", 8)
        super().__init__(child_block, **kwargs)

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["items"] = number_items(value, context.get("request"))
        return context

    class Meta:
        icon = "order"
        label = "Numeri"
        template = "blocks/numbers.html"
        description = "Cifre in evidenza, con che cosa contano e la fonte."
        preview_value = [
            {"value": "76", "label": "Province", "note": "Regioni a statuto ordinario"},
            {"value": "12", "label": "focus group", "note": "ottobre – dicembre 2021"},
        ]
