"""PPTX by python-pptx: one slide is one page, tables and notes included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pptx import Presentation

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.model import Limits


def pages(path: str, limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield the slides of a presentation."""
    check_archive(path, limits)
    for number, slide in enumerate(Presentation(path).slides, start=1):
        lines = [line for shape in slide.shapes for line in _lines(shape)]
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            lines.append(slide.notes_slide.notes_text_frame.text)
        yield f"diapositiva {number}", "\n".join(line for line in lines if line.strip())


def _lines(shape: Any) -> Iterator[str]:
    if getattr(shape, "shapes", None) is not None:
        for inner in shape.shapes:
            yield from _lines(inner)
    elif shape.has_text_frame:
        yield shape.text_frame.text
    elif getattr(shape, "has_table", False) and shape.has_table:
        for row in shape.table.rows:
            yield "\t".join(cell.text for cell in row.cells)
