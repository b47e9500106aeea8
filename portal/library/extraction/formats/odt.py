"""ODT by odfdo: headings, paragraphs and tables, pages where the writer left a soft break."""

from __future__ import annotations

from collections.abc import Iterator

from odfdo import Document

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.formats.sections import sections
from portal.library.extraction.model import Limits

TEXT = ("text:p", "text:h")


def pages(path: str, limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield the pages of a text, or sections of it."""
    check_archive(path, limits)
    yield from sections(_paragraphs(path))


def _paragraphs(path: str) -> Iterator[str | None]:
    body = Document(path).body
    for element in body.get_elements("//text:p|//text:h|//text:soft-page-break"):
        if element.tag in TEXT:
            text = element.inner_text.strip()
            if text:
                yield text
        else:
            yield None
