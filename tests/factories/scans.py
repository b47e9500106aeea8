"""Scanned pages as multifunction printers make them: pictures of text, and nothing else."""

from __future__ import annotations

import io
from pathlib import Path

import typst
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1240, 1754
LINES = (
    "Provincia di prova",
    "Il Consiglio approva la convenzione",
    "per la stazione unica appaltante",
    "tra i Comuni del territorio",
    "con effetto dal primo gennaio",
)


def picture(lines: tuple[str, ...] = LINES, turned: int = 0, skewed: float = 0) -> Image.Image:
    """Return a grey page; ``turned`` counterclockwise by right angles, ``skewed`` by a little."""
    page = Image.new("L", (WIDTH, HEIGHT), 250)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=44)
    for number, line in enumerate(lines):
        pen.text((150, 200 + 110 * number), line, font=font, fill=20)
    if skewed:
        page = page.rotate(skewed, Image.Resampling.BICUBIC, fillcolor=250)
    return page.rotate(turned, expand=True)


def scan(*pages: Image.Image) -> bytes:
    """Return a PDF of pictures."""
    made = io.BytesIO()
    first, *others = pages or (picture(),)
    first.save(made, "PDF", save_all=True, append_images=others, resolution=150)
    return made.getvalue()


def mixed(folder: Path) -> bytes:
    """Return a PDF with a page of text, a scanned one with a stamp on it, and a small picture."""
    picture().save(folder / "scan.png")
    source = folder / "mixed.typ"
    source.write_text(
        "Una pagina di testo vero, scritta con un programma di videoscrittura.\n#pagebreak()\n"
        "#set page(margin: 0pt)\n"
        '#place(image("scan.png", width: 100%, height: 100%))\n'
        "#place(dx: 5mm, dy: 5mm)[Prot. 1234/2022]\n#pagebreak()\n"
        '#set page(margin: 2cm)\n#image("scan.png", width: 3cm)\n'
    )
    return bytes(typst.compile(str(source)))
