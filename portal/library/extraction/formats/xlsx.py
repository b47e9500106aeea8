"""XLSX by openpyxl, read only: one sheet is one page."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import load_workbook

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.model import Limits

MAX_ROWS = 20_000


def pages(path: str, limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield the sheets of a workbook with the values of its cells."""
    check_archive(path, limits)
    workbook = load_workbook(path, read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        lines = []
        for row in sheet.iter_rows(values_only=True, max_row=MAX_ROWS):
            cells = [str(value) for value in row if value is not None]
            if cells:
                lines.append("\t".join(cells))
        yield f"foglio {sheet.title}", "\n".join(lines)
