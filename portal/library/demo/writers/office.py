"""Word, Excel and PowerPoint files."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import openpyxl
import pptx
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.shared import Pt as WordPt
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from pptx.util import Pt

from portal.library.demo.blocks import Block, Heading, Items, NewPage, Note, Paragraph, Table
from portal.library.demo.source import Source
from portal.library.demo.writers.archive import settle

NUMBER = re.compile(r"^-?\d{1,3}(\.\d{3})*(,\d+)?$|^-?\d+(,\d+)?$")
INK = "12284C"
WIDEST = 60


def number_or_text(cell: str) -> int | float | str:
    """Return a number where an Italian reader sees one, otherwise the text itself."""
    if not NUMBER.match(cell) or re.match(r"^0\d", cell):
        return cell
    plain = cell.replace(".", "").replace(",", ".")
    return float(plain) if "." in plain else int(plain)


def sheets(source: Source) -> list[tuple[str, list[Block]]]:
    """Return the blocks under each heading of level 1: a sheet each."""
    grouped: list[tuple[str, list[Block]]] = []
    for block in source.blocks:
        if isinstance(block, Heading) and block.level == 1:
            grouped.append((block.text, []))
        else:
            grouped[-1][1].append(block)
    return grouped


def slides(source: Source) -> list[tuple[str, list[str]]]:
    """Return title and lines of each slide: a heading each."""
    grouped: list[tuple[str, list[str]]] = []
    for block in source.blocks:
        match block:
            case Heading(_, text):
                grouped.append((text, []))
            case Paragraph(text, _):
                grouped[-1][1].append(text)
            case Items(texts):
                grouped[-1][1].extend(texts)
            case _:
                raise ValueError(f"{source.filename}: a slide holds only lines of text")
    return grouped


def write_docx(source: Source) -> bytes:
    """Return a Word document."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = source.title, source.author
    properties.keywords, properties.language = ", ".join(source.tags), "it-IT"
    properties.last_modified_by, properties.comments = source.author, ""
    properties.created = properties.modified = source.moment.replace(tzinfo=None)
    section = document.sections[0]
    section.header.paragraphs[0].text = source.runner
    section.footer.paragraphs[0].text = source.author
    document.styles["Normal"].font.size = WordPt(11)
    document.add_heading(source.title, 0)
    document.add_paragraph(source.description, style="Subtitle")
    for block in source.blocks:
        _add_to_word(document, block)
    content = io.BytesIO()
    document.save(content)
    return settle(content.getvalue())


def _add_to_word(document: WordDocument, block: Block) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(text, level)
        case Paragraph(text, number):
            document.add_paragraph(f"{number}. {text}" if number else text)
        case Note(text):
            document.add_paragraph(text, style="Intense Quote")
        case Items(texts):
            for text in texts:
                document.add_paragraph(text, style="List Bullet")
        case Table(caption, rows):
            document.add_paragraph(caption, style="Caption")
            table = document.add_table(rows=0, cols=len(rows[0]), style="Light Grid Accent 1")
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
            document.add_paragraph()
        case NewPage():
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def write_xlsx(source: Source) -> bytes:
    """Return an Excel workbook with a sheet for each heading."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, blocks in sheets(source):
        sheet = book.create_sheet(name[:31])
        for block in blocks:
            if isinstance(block, Table):
                sheet.append([block.caption])
                sheet.cell(sheet.max_row, 1).font = Font(italic=True)
                first = sheet.max_row + 1
                for row in block.rows:
                    sheet.append([number_or_text(cell) for cell in row])
                for cell in sheet[first]:
                    cell.font = Font(bold=True, color="FFFFFF")
                    cell.fill = PatternFill("solid", fgColor=INK)
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                for column, cells in enumerate(zip(*block.rows, strict=True), start=1):
                    letter = get_column_letter(column)
                    widest = min(WIDEST, 3 + max(len(cell) for cell in cells))
                    current = sheet.column_dimensions[letter].width
                    sheet.column_dimensions[letter].width = max(widest, current)
                sheet.append([])
            elif isinstance(block, Items):
                for text in block.texts:
                    sheet.append([text])
            elif not isinstance(block, NewPage):
                sheet.append([block.text])
    properties = book.properties
    properties.title, properties.creator = source.title, source.author
    properties.created = properties.modified = source.moment.replace(tzinfo=None)
    content = io.BytesIO()
    book.save(content)
    stamp = source.moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return settle(content.getvalue(), _dated(content.getvalue(), stamp))


def _dated(content: bytes, stamp: bytes) -> dict[str, bytes]:
    """Return the core properties with the modification that openpyxl sets to now put back."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        core = archive.read("docProps/core.xml")
    pattern = rb"(<dcterms:modified[^>]*>)[^<]*"
    return {"docProps/core.xml": re.sub(pattern, rb"\g<1>" + stamp, core)}


def write_pptx(source: Source) -> bytes:
    """Return a PowerPoint deck with a slide for each heading."""
    deck = pptx.Presentation()
    properties = deck.core_properties
    properties.title, properties.author = source.title, source.author
    properties.last_modified_by = source.author
    properties.created = properties.modified = source.moment.replace(tzinfo=None)
    cover = deck.slides.add_slide(deck.slide_layouts[0])
    cover.shapes.title.text = source.title
    cover.placeholders[1].text = f"{source.author}\n{source.description}"
    for title, lines in slides(source):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        frame = slide.placeholders[1].text_frame
        for position, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
            paragraph.text = line
            paragraph.font.size = Pt(20)
    content = io.BytesIO()
    deck.save(content)
    return settle(content.getvalue())
