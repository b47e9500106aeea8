"""PPTX by python-pptx: one slide is one page, tables and notes included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pptx import Presentation

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.model import Limits, PageText
from portal.library.extraction.structure import Block, heading, item, paragraph, row, structure_of


def pages(path: str, limits: Limits) -> Iterator[PageText]:
    """Yield the slides of a presentation."""
    check_archive(path, limits)
    for number, slide in enumerate(Presentation(path).slides, start=1):
        title = slide.shapes.title
        blocks = [block for shape in slide.shapes for block in _blocks(shape, title)]
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            notes = slide.notes_slide.notes_text_frame.text
            if notes.strip():
                blocks += [paragraph(notes)]
        text = "\n".join(block.text for block in blocks)
        yield PageText(f"diapositiva {number}", text, structure=structure_of(blocks))


def _blocks(shape: Any, title: Any) -> Iterator[Block]:
    if getattr(shape, "shapes", None) is not None:
        for inner in shape.shapes:
            yield from _blocks(inner, title)
    elif shape.has_text_frame:
        if title is not None and shape.shape_id == title.shape_id:
            if shape.text_frame.text.strip():
                yield heading(shape.text_frame.text.strip(), 1)
            return
        lines = [line.text.strip() for line in shape.text_frame.paragraphs if line.text.strip()]
        for line in lines:
            yield item(line) if len(lines) > 1 else paragraph(line)
    elif getattr(shape, "has_table", False) and shape.has_table:
        for cells in shape.table.rows:
            line = row([cell.text for cell in cells.cells], shape.shape_id)
            if line.text:
                yield line
