"""OpenDocument texts, sheets and presentations."""

from __future__ import annotations

import io

from odfdo import (
    Cell,
    Document,
    DrawPage,
    Element,
    Frame,
    Header,
    List,
    ListItem,
    PageBreak,
    Row,
)
from odfdo import Paragraph as OdfParagraph
from odfdo import Table as OdfTable

from portal.library.demo.blocks import Block, Heading, Items, NewPage, Note, Paragraph, Table
from portal.library.demo.source import Source
from portal.library.demo.writers.archive import settle
from portal.library.demo.writers.office import number_or_text, sheets, slides


def write_odt(source: Source) -> bytes:
    """Return an OpenDocument text."""
    document = Document("text")
    body = document.body
    body.clear()
    body.append(Header(1, source.title))
    body.append(OdfParagraph(source.description))
    document.add_page_break_style()
    for block in source.blocks:
        for element in _elements(block):
            body.append(element)
    return _saved(document, source)


def _elements(block: Block) -> list[Element]:
    match block:
        case Heading(level, text):
            return [Header(level + 1, text)]
        case Paragraph(text, number):
            return [OdfParagraph(f"{number}. {text}" if number else text)]
        case Note(text):
            return [OdfParagraph(text)]
        case Items(texts):
            return [List([ListItem(text) for text in texts])]
        case Table(caption, rows):
            return [OdfParagraph(caption), _table(caption, rows)]
        case NewPage():
            return [PageBreak()]


def _table(name: str, rows: tuple[tuple[str, ...], ...]) -> OdfTable:
    safe = "".join(letter if letter.isalnum() or letter == " " else " " for letter in name)
    table = OdfTable(safe.strip()[:60] or "Tabella")
    for cells in rows:
        row = Row()
        for cell in cells:
            row.append_cell(Cell(number_or_text(cell), text=cell))
        table.append_row(row)
    return table


def write_ods(source: Source) -> bytes:
    """Return an OpenDocument workbook with a sheet for each heading."""
    document = Document("spreadsheet")
    document.body.clear()
    for name, blocks in sheets(source):
        rows: list[tuple[str, ...]] = []
        for block in blocks:
            if isinstance(block, Table):
                rows.extend([(block.caption,), *block.rows, ("",)])
            elif isinstance(block, Items):
                rows.extend((text,) for text in block.texts)
            elif not isinstance(block, NewPage):
                rows.append((block.text,))
        document.body.append(_table(name, tuple(rows)))
    return _saved(document, source)


def write_odp(source: Source) -> bytes:
    """Return an OpenDocument presentation with a slide for each heading."""
    document = Document("presentation")
    document.body.clear()
    cover = (source.title, [source.author, source.description])
    for number, (title, lines) in enumerate([cover, *slides(source)], start=1):
        page = DrawPage(f"pagina{number}", name=f"Diapositiva {number}")
        page.append(
            Frame.text_frame(
                title, size=("25cm", "2.5cm"), position=("1.4cm", "1cm"), presentation_class="title"
            )
        )
        page.append(
            Frame.text_frame(
                [OdfParagraph(line) for line in lines],
                size=("25cm", "14cm"),
                position=("1.4cm", "4cm"),
                presentation_class="outline",
            )
        )
        document.body.append(page)
    return _saved(document, source)


def _saved(document: Document, source: Source) -> bytes:
    meta = document.meta
    moment = source.moment.replace(tzinfo=None)
    meta.title, meta.initial_creator, meta.creator = source.title, source.author, source.author
    meta.creation_date = meta.date = moment
    meta.keyword = ", ".join(source.tags)
    meta.generator = "Province & Comuni"
    content = io.BytesIO()
    document.save(content)
    return settle(content.getvalue())
