"""Results as a spreadsheet: rows of plain values, written as CSV or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from portal.news.structured import absolute
from search.matches import described, matching_ids
from search.parameters import Parameters

if TYPE_CHECKING:
    from search.sources.base import Reader

MOST = 5000
HEADINGS = (
    "Posizione",
    "Titolo",
    "Tipo",
    "Ente",
    "Provincia",
    "Reti",
    "Data",
    "Formato",
    "Pagine",
    "Indirizzo",
)
WIDTHS = (10, 70, 20, 34, 10, 24, 12, 10, 8, 60)
# A cell that begins with one of these is a formula for some spreadsheets (CWE-1236).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Value = str | int | None


def rows(reader: Reader, parameters: Parameters) -> Iterator[tuple[Value, ...]]:
    """Yield a row for each result that the reader may see, in the order of the page."""
    ids = matching_ids(reader, parameters, MOST)
    for position, item in enumerate(described(reader, ids).values(), start=1):
        yield (
            position,
            _plain(item.title),
            item.kind_label,
            _plain(item.body),
            item.province,
            ", ".join(name for _, name in item.networks),
            item.date.strftime("%d/%m/%Y") if item.date else "",
            item.format.upper(),
            item.page_count or None,
            absolute(item.url),
        )


def as_csv(found: Iterator[tuple[Value, ...]]) -> bytes:
    """Return the rows as CSV that Italian spreadsheets open: UTF-8 with mark, semicolons."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in found:
        writer.writerow([_harmless(value) for value in row])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(found: Iterator[tuple[Value, ...]]) -> bytes:
    """Return the rows as a workbook where every text is a text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Risultati")
    sheet.freeze_panes = "A2"
    for position, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJ"[position]].width = width
    for row in (HEADINGS, *found):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _plain(text: str) -> str:
    """Return a text on one line, without what a workbook cannot hold."""
    return " ".join(ILLEGAL_CHARACTERS_RE.sub(" ", text).split())


def _harmless(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return value
