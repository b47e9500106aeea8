"""The body of a page: every block, in the editor's order."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail import blocks

from portal.core.blocks.documents import DocumentsBlock
from portal.core.blocks.headings import HeadingBlock, anchors
from portal.core.blocks.links import CallToActionBlock, CardsBlock
from portal.core.blocks.media import PictureBlock, VideoBlock
from portal.core.blocks.sequences import AccordionBlock, NumbersBlock, TimelineBlock
from portal.core.blocks.tables import TableBlock
from portal.core.blocks.text import AlertBlock, QuotationBlock, text_block

TEXT, MEDIA, DATA, LINKS = "Testo", "Immagini e video", "Dati", "Collegamenti"


class BodyStreamBlock(blocks.StreamBlock):
    """All the blocks of a page; two headings with the same anchor are refused."""

    rich_text = text_block(
        label="Testo",
        icon="pilcrow",
        group=TEXT,
        template="blocks/rich_text.html",
        description="Paragrafi, elenchi e collegamenti.",
        preview_value="<p>La Provincia svolge le gare per i Comuni che <b>aderiscono</b>.</p>",
    )
    heading = HeadingBlock(group=TEXT)
    accordion = AccordionBlock(group=TEXT)
    quotation = QuotationBlock(group=TEXT)
    alert = AlertBlock(group=TEXT)
    picture = PictureBlock(group=MEDIA)
    video = VideoBlock(group=MEDIA)
    table = TableBlock(group=DATA)
    timeline = TimelineBlock(group=DATA)
    numbers = NumbersBlock(group=DATA)
    documents = DocumentsBlock(group=LINKS)
    cards = CardsBlock(group=LINKS)
    call_to_action = CallToActionBlock(group=LINKS)

    def clean(self, value: blocks.StreamValue, **kwargs: object) -> blocks.StreamValue:
        cleaned = super().clean(value, **kwargs)
        seen: set[str] = set()
        errors: dict[int, ValidationError] = {}
        for position, anchor in enumerate(anchors(cleaned)):
            if anchor in seen:
                errors[position] = blocks.StructBlockValidationError(
                    {"anchor": ValidationError("Un altro titolo della pagina ha questa ancora.")}
                )
            if anchor:
                seen.add(anchor)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        label = "Contenuto"
        template = "blocks/body.html"
