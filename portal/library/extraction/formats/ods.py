"""ODS by odfdo: one sheet is one page."""

from __future__ import annotations

from collections.abc import Iterator

from odfdo import Document

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.model import Limits

MAX_ROWS = 20_000


def pages(path: str, limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield the sheets of a workbook."""
    check_archive(path, limits)
    for table in Document(path).body.tables:
        table.rstrip(aggressive=True)
        lines = []
        for row in table.iter_rows():
            cells = [str(value) for value in row.get_values() if value is not None]
            if cells:
                lines.append("\t".join(cells))
            if len(lines) >= MAX_ROWS:
                break
        yield f"foglio {table.name}", "\n".join(lines)
