"""ODP by odfdo: one slide is one page, its notes included."""

from __future__ import annotations

from collections.abc import Iterator

from odfdo import Document

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.model import Limits, PageText
from portal.library.extraction.structure import heading, item, structure_of


def pages(path: str, limits: Limits) -> Iterator[PageText]:
    """Yield the slides of a presentation."""
    check_archive(path, limits)
    for number, slide in enumerate(Document(path).body.get_elements("//draw:page"), start=1):
        texts = [element.inner_text.strip() for element in slide.get_elements(".//text:p")]
        texts = [text for text in texts if text]
        # ODP does not say which frame is the title: the first one is, in every template.
        blocks = [heading(texts[0], 1), *map(item, texts[1:])] if texts else []
        yield PageText(f"diapositiva {number}", "\n".join(texts), structure=structure_of(blocks))
