"""PDF by typst, with the fonts that typst carries: the pages are the same on every machine."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path

import typst
from PIL import Image, ImageFilter

from portal.library.demo.blocks import Block, Heading, Items, NewPage, Note, Paragraph, Table
from portal.library.demo.source import Source

LAYOUT = (Path(__file__).parent / "layout.typ").read_bytes()
MONTHS = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)
SCAN_PPI = 110


def write_pdf(source: Source) -> bytes:
    """Return a PDF with a title page, an index, numbered pages."""
    pdf = typst.compile(
        LAYOUT,
        ignore_system_fonts=True,
        sys_inputs={"content": _content(source)},
        timestamp=int(source.moment.timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


def write_scan(source: Source) -> bytes:
    """Return a PDF of pictures only, as an office scanner makes: grey, slightly turned, dusty."""
    pages = typst.compile(
        LAYOUT,
        ignore_system_fonts=True,
        sys_inputs={"content": _content(source)},
        format="png",
        ppi=SCAN_PPI,
    )
    pictures = pages if isinstance(pages, list) else [pages]
    sheets = [_scanned(picture, seed) for seed, picture in enumerate(pictures)]
    scan = io.BytesIO()
    sheets[0].save(
        scan,
        "PDF",
        save_all=True,
        append_images=sheets[1:],
        resolution=SCAN_PPI,
        quality=55,
        title="",
        producer="Multifunzione",
        creationDate=source.moment.timetuple(),
        modDate=source.moment.timetuple(),
    )
    return scan.getvalue()


def _scanned(picture: bytes, seed: int) -> Image.Image:
    chance = random.Random(seed)  # noqa: S311 - dust, not secrets
    sheet = Image.open(io.BytesIO(picture)).convert("L")
    sheet = sheet.rotate(chance.uniform(-0.7, 0.7), Image.Resampling.BICUBIC, fillcolor=248)
    for _ in range(400):
        at = (chance.randrange(sheet.width), chance.randrange(sheet.height))
        sheet.putpixel(at, chance.randrange(90, 220))
    return sheet.filter(ImageFilter.GaussianBlur(0.5))


def _content(source: Source) -> str:
    date = source.date
    return json.dumps(
        {
            "title": source.title,
            "subtitle": source.description,
            "author": source.author,
            "runner": source.runner,
            "layout": source.layout,
            "network": source.networks[0] if len(source.networks) == 1 else "",
            "date": f"{date.day} {MONTHS[date.month - 1]} {date.year}",
            "tags": list(source.tags),
            "blocks": [_block(block) for block in source.blocks],
        },
        ensure_ascii=False,
    )


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading(level, text):
            return {"type": "heading", "level": level, "text": text}
        case Paragraph(text, number):
            return {"type": "paragraph", "text": text, "number": number}
        case Items(texts):
            return {"type": "items", "texts": list(texts)}
        case Note(text):
            return {"type": "note", "text": text}
        case Table(caption, rows):
            return {"type": "table", "caption": caption, "rows": [list(row) for row in rows]}
        case NewPage():
            return {"type": "page"}
