"""DOCX by python-docx: paragraphs and tables in reading order, pages where Word left a mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.formats.sections import sections
from portal.library.extraction.model import Limits


def pages(path: str, limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield the pages of a document, or sections of it when it does not say where pages end."""
    check_archive(path, limits)
    yield from sections(_paragraphs(docx.Document(path)))


def _paragraphs(document: Any) -> Iterator[str | None]:
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                yield "\t".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
            continue
        if item.rendered_page_breaks or _explicit_break(item):
            yield None
        if item.text.strip():
            yield item.text.strip()


def _explicit_break(paragraph: Any) -> bool:
    return any(mark.get(qn("w:type")) == "page" for mark in paragraph._p.iter(qn("w:br")))
