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


def pages(path: str, limits: Limits) -> Iterator[PageText]:
    """Yield the pages of a document, or sections of it when it does not say where pages end."""
    check_archive(path, limits)
    yield from sections(_blocks(docx.Document(path)))


def _blocks(document: Any) -> Iterator[Block | None]:
    tables = 0
    for found in document.iter_inner_content():
        if isinstance(found, Table):
            tables += 1
            for line in found.rows:
                yield row(_cells(line), tables, once=True)
            continue
        if found.rendered_page_breaks or _explicit_break(found):
            yield None
        if found.text.strip():
            yield _paragraph(found)


def _cells(line: Any) -> list[str]:
    """Return the cells of a row; a merged one, which python-docx repeats, only once."""
    cells: list[str] = []
    seen = None
    for cell in line.cells:
        cells.append("" if cell._tc is seen else cell.text.strip())
        seen = cell._tc
    return cells


def _paragraph(found: Any) -> Block:
    text = found.text.strip()
    style = found.style.name if found.style is not None else ""
    if level := HEADING.match(style or ""):
        return heading(text, int(level[1]) + 1)
    if style in TITLES:
        return heading(text, 1)
    if (style or "").startswith(LISTS) or found._p.find(
        f"{qn('w:pPr')}/{qn('w:numPr')}"
    ) is not None:
        return item(text)
    return paragraph(text)


def _explicit_break(found: Any) -> bool:
    return any(mark.get(qn("w:type")) == "page" for mark in found._p.iter(qn("w:br")))
