"""XLSX by openpyxl, read only: one sheet is one page."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import load_workbook

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.model import Limits, PageText
from portal.library.extraction.structure import row, structure_of

MAX_ROWS = 20_000


def pages(path: str, limits: Limits) -> Iterator[PageText]:
    """Yield the sheets of a workbook with the values of its cells."""
    check_archive(path, limits)
    workbook = load_workbook(path, read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        rows = (row(cells, 1) for cells in sheet.iter_rows(values_only=True, max_row=MAX_ROWS))
        lines = [line for line in rows if line.text]
        text = "\n".join(line.text for line in lines)
        yield PageText(f"foglio {sheet.title}", text, structure=structure_of(lines))
