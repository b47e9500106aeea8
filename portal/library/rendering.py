"""Pictures of PDF pages by pypdfium2, drawn in the same jail as the extraction."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

MAX_PIXELS = 9_000_000
MEMORY = 512 * 1024 * 1024
SECONDS = 10


class RenderingError(Exception):
    """A page that cannot be drawn."""


def render_page(path: Path, number: int, width: int, target: Path, rotation: int = 0) -> None:
    """Write page ``number`` (from 1) as a WebP picture ``width`` pixels wide.

    The page is turned clockwise by ``rotation`` degrees, a multiple of 90. Raises RenderingError
    when the page does not exist or pdfium cannot draw it.
    """
    _render(path, number, width, target, rotation, "WEBP")


def draw_page(path: Path, number: int, width: int, target: Path, rotation: int = 0) -> None:
    """Write page ``number`` as a grey PNG without loss, for a program that reads it."""
    _render(path, number, width, target, rotation, "PNG")


def _render(path: Path, number: int, width: int, target: Path, rotation: int, kind: str) -> None:
    from portal.library.extraction.parent import run_child

    task: dict[str, object] = {
        "path": str(path),
        "number": number,
        "width": width,
        "target": str(target),
        "rotation": rotation,
        "kind": kind,
    }
    with tempfile.TemporaryFile() as output:
        code = run_child(Path(__file__), task, output, SECONDS, target.parent)
    if code != 0 or not target.exists():
        raise RenderingError(f"Page {number} cannot be drawn.")


def _draw(task: dict[str, Any]) -> None:
    sys.path[:0] = task["modules"]
    from portal.library.extraction import jail

    jail.end_with(task["parent"])
    import PIL.PngImagePlugin
    import PIL.WebPImagePlugin  # noqa: F401 - before the jail forbids the search for plugins
    import pypdfium2

    jail.lock(MEMORY, SECONDS, writable=[task["target"]])
    page = pypdfium2.PdfDocument(task["path"])[task["number"] - 1]
    width, height = page.get_size()
    if task["rotation"] in (90, 270):
        width, height = height, width
    scale = task["width"] / max(width, 1)
    if width * height * scale * scale > MAX_PIXELS:
        scale = (MAX_PIXELS / (width * height)) ** 0.5
    grey = task["kind"] == "PNG"
    drawn = page.render(scale=scale, rotation=task["rotation"], grayscale=grey).to_pil()
    if grey:
        drawn.save(task["target"], "PNG", compress_level=1, dpi=(300, 300))
    else:
        drawn.convert("RGB").save(task["target"], "WEBP", quality=82, method=2)


if __name__ == "__main__":
    _draw(json.loads(sys.argv[1]))
