"""ODS by odfdo: one sheet is one page."""

from __future__ import annotations

from collections.abc import Iterator

from odfdo import Document

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.model import Limits, PageText
from portal.library.extraction.structure import row, structure_of

MAX_ROWS = 20_000


def pages(path: str, limits: Limits) -> Iterator[PageText]:
    """Yield the sheets of a workbook."""
    check_archive(path, limits)
    for table in Document(path).body.tables:
        table.rstrip(aggressive=True)
        lines = []
        for cells in table.iter_rows():
            line = row(cells.get_values(), 1)
            if line.text:
                lines.append(line)
            if len(lines) >= MAX_ROWS:
                break
        text = "\n".join(line.text for line in lines)
        yield PageText(f"foglio {table.name}", text, structure=structure_of(lines))
