"""The blocks that editors compose pages with; each has its template in ``templates/blocks``."""

from portal.core.blocks.body import BodyStreamBlock
from portal.core.blocks.documents import DocumentsBlock, visible_documents
from portal.core.blocks.headings import HeadingBlock, page_index
from portal.core.blocks.links import CallToActionBlock, CardsBlock, LinkBlock
from portal.core.blocks.media import PictureBlock, VideoBlock
from portal.core.blocks.sequences import (
    AccordionBlock,
    NumberBlock,
    NumbersBlock,
    TimelineBlock,
    number_items,
)
from portal.core.blocks.tables import TableBlock
from portal.core.blocks.text import AlertBlock, QuotationBlock, text_block

__all__ = [
    "AccordionBlock",
    "AlertBlock",
    "BodyStreamBlock",
    "CallToActionBlock",
    "CardsBlock",
    "DocumentsBlock",
    "HeadingBlock",
    "LinkBlock",
    "NumberBlock",
    "NumbersBlock",
    "PictureBlock",
    "QuotationBlock",
    "TableBlock",
    "TimelineBlock",
    "VideoBlock",
    "number_items",
    "page_index",
    "text_block",
    "visible_documents",
]
