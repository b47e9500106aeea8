"""DOCX by python-docx: headings, paragraphs and tables in reading order, pages where Word says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.formats.sections import sections
from portal.library.extraction.model import Limits, PageText
from portal.library.extraction.structure import Block, heading, item, paragraph, row

# The names of the built-in styles: English inside the file, the language of Word's user sometimes.
HEADING = re.compile(r"(?:Heading|Titolo) ?(\d)", re.IGNORECASE)
TITLES = ("Title", "Titolo")
LISTS = ("List", "Elenco")
NUMBERED = f"{qn('w:pPr')}/{qn('w:numPr')}"
RENDERED_BREAK = qn("w:lastRenderedPageBreak")


def pages(path: str, limits: Limits) -> Iterator[PageText]:
    """Yield the pages of a document, or sections of it when it does not say where pages end."""
    check_archive(path, limits)
    yield from sections(_blocks(docx.Document(path)))


def _blocks(document: Any) -> Iterator[Block | None]:
    tables = 0
    # The name of each style by its key in the file: python-docx looks at all of them every time.
    styles: dict[str | None, str] = {}
    for found in document.iter_inner_content():
        if isinstance(found, Table):
            tables += 1
            for line in found.rows:
                yield row(_cells(line), tables, once=True)
            continue
        if _rendered_break(found) or _explicit_break(found):
            yield None
        if text := found.text.strip():
            key = found._p.style
            if key not in styles:
                styles[key] = (found.style.name or "") if found.style is not None else ""
            yield _paragraph(found, text, styles[key])


def _cells(line: Any) -> list[str]:
    """Return the cells of a row; a merged one, which python-docx repeats, only once."""
    cells: list[str] = []
    seen = None
    for cell in line.cells:
        cells.append("" if cell._tc is seen else cell.text.strip())
        seen = cell._tc
    return cells


def _paragraph(found: Any, text: str, style: str) -> Block:
    if level := HEADING.match(style):
        return heading(text, int(level[1]) + 1)
    if style in TITLES:
        return heading(text, 1)
    if style.startswith(LISTS) or found._p.find(NUMBERED) is not None:
        return item(text)
    return paragraph(text)


def _rendered_break(found: Any) -> bool:
    """Tell whether Word began a page here; asking python-docx takes long, so only where it may."""
    return next(found._p.iter(RENDERED_BREAK), None) is not None and bool(
        found.rendered_page_breaks
    )


def _explicit_break(found: Any) -> bool:
    return any(mark.get(qn("w:type")) == "page" for mark in found._p.iter(qn("w:br")))
