"""CSV: the lines as they are, in sections, with their cells told apart."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from portal.library.extraction.formats.sections import sections
from portal.library.extraction.formats.txt import decoded
from portal.library.extraction.model import Limits, PageText
from portal.library.extraction.structure import Block, paragraph, row

SAMPLE = 8192


def pages(path: str, limits: Limits) -> Iterator[PageText]:
    """Yield sections of a table; a line that cannot be told into cells stays a line."""
    text = decoded(Path(path).read_bytes())
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:SAMPLE], ";,\t|")
    except csv.Error:
        dialect = csv.excel
    lines = (line for line in text.splitlines() if line.strip())
    yield from sections(_line(line, dialect) for line in lines)


def _line(line: str, dialect: type[csv.Dialect]) -> Block:
    try:
        cells = next(csv.reader([line], dialect))
    except (csv.Error, StopIteration):
        return paragraph(line)
    return replace(row(cells, 1), text=line)
