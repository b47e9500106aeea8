"""ODP by odfdo: one slide is one page, its notes included."""

from __future__ import annotations

from collections.abc import Iterator

from odfdo import Document

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.model import Limits


def pages(path: str, limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield the slides of a presentation."""
    check_archive(path, limits)
    for number, slide in enumerate(Document(path).body.get_elements("//draw:page"), start=1):
        texts = [element.inner_text.strip() for element in slide.get_elements(".//text:p")]
        yield f"diapositiva {number}", "\n".join(text for text in texts if text)
