"""Files of each format to be read: the invented collection, by the demonstration's writers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import typst

from portal.library.demo.blocks import Block, Heading, Items, Paragraph, Table
from portal.library.demo.source import Source
from portal.library.demo.writers import WRITERS
from portal.library.demo.writers.signed import sign
from tests.benchmarks import corpus
from tests.factories.scans import picture, scan

PDF_PAGES = 400
SCANNED_PAGES = 3
SHEET_FORMATS = ("xlsx", "ods")
SLIDE_FORMATS = ("pptx", "odp")
TEXT_FORMATS = ("docx", "odt", "html", "txt")


def pdf() -> bytes:
    """Return a PDF of many pages of text."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.typ"
        source.write_text(
            f"#for n in range({PDF_PAGES}) [= Pagina #n \n #lorem(300) #pagebreak(weak: true)]"
        )
        return bytes(typst.compile(str(source)))


def scanned() -> bytes:
    """Return a PDF of scanned pages."""
    return scan(*[picture()] * SCANNED_PAGES)


def samples() -> Iterator[tuple[str, bytes]]:
    """Yield a file of each format, with the end of its name."""
    whole = pdf()
    yield "pdf", whole
    yield "pdf.p7m", sign(whole, _source("signed", []).moment)
    for extension in TEXT_FORMATS:
        yield extension, WRITERS[extension](_source(extension, list(_text())))
    for extension in SHEET_FORMATS:
        yield extension, WRITERS[extension](_source(extension, list(_sheets())))
    yield (
        "csv",
        WRITERS["csv"](_source("csv", [one for one in _sheets() if isinstance(one, Table)])),
    )
    for extension in SLIDE_FORMATS:
        yield extension, WRITERS[extension](_source(extension, list(_slides())))


def _lines() -> Iterator[tuple[str, list[str]]]:
    """Yield the pages of some documents: a title, and lines."""
    for number in range(4):
        found = corpus.text(number)
        for place, page in enumerate(found.pages, start=1):
            yield f"{found.title} {place}", page.split("\n")


def _text() -> Iterator[Block]:
    for title, lines in _lines():
        yield Heading(1, title)
        yield from (Paragraph(line) for line in lines)


def _sheets() -> Iterator[Block]:
    for number, (_, lines) in enumerate(_lines()):
        yield Heading(1, f"Foglio {number}")
        yield Table("", tuple(tuple(line.split(" ")[:5]) for line in lines[1:-1]))


def _slides() -> Iterator[Block]:
    for title, lines in _lines():
        yield Heading(1, title)
        yield Items(tuple(lines[1:9]))


def _source(extension: str, blocks: list[Block]) -> Source:
    return Source(
        archived=False,
        filename=f"prova.{extension}",
        format=extension,
        title="Documento di prova",
        description="",
        kind="altro",
        networks=(),
        province=None,
        date=date(2026, 1, 7),
        tags=(),
        audience="public",
        author="Provincia di prova",
        runner="Documento di prova",
        layout="atto",
        blocks=tuple(blocks),
    )
