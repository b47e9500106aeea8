"""ODT by odfdo: headings, paragraphs, items, tables; pages where the writer left a soft break."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from odfdo import Document

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.formats.sections import sections
from portal.library.extraction.model import Limits, PageText
from portal.library.extraction.structure import Block, heading, item, paragraph, row

WANTED = "//text:p|//text:h|//text:soft-page-break|//table:table-row"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def pages(path: str, limits: Limits) -> Iterator[PageText]:
    """Yield the pages of a text, or sections of it."""
    check_archive(path, limits)
    yield from sections(_blocks(path))


def _blocks(path: str) -> Iterator[Block | None]:
    tables: dict[Any, int] = {}
    for element in Document(path).body.get_elements(WANTED):
        node = element._xml_element
        if element.tag == "text:soft-page-break":
            yield None
        elif element.tag == "table:table-row":
            table = next(node.iterancestors(f"{TABLE}table"), None)
            if table is None or _inside(table, f"{TABLE}table-cell"):
                continue
            cells = [
                " ".join(part.inner_text.strip() for part in cell.get_elements(".//text:p"))
                for cell in element.get_elements("table:table-cell|table:covered-table-cell")
            ]
            line = row(cells, tables.setdefault(table, len(tables) + 1))
            if line.text:
                yield line
        elif not _inside(node, f"{TABLE}table-cell"):
            text = element.inner_text.strip()
            if text:
                yield _block(element, node, text)


def _inside(node: Any, tag: str) -> bool:
    return next(node.iterancestors(tag), None) is not None


def _block(element: Any, node: Any, text: str) -> Block:
    if element.tag == "text:h":
        level = node.get(f"{TEXT}outline-level", "1")
        return heading(text, int(level) if level.isdecimal() else 1)
    return item(text) if _inside(node, f"{TEXT}list-item") else paragraph(text)
