"""Pictures of PDF pages by pypdfium2, drawn in the same jail as the extraction."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

MAX_PIXELS = 6_000_000
MEMORY = 1024 * 1024 * 1024
SECONDS = 20


class RenderingError(Exception):
    """A page that cannot be drawn."""


def render_page(path: Path, number: int, width: int, target: Path) -> None:
    """Write page ``number`` (from 1) as a WebP picture ``width`` pixels wide.

    Raises RenderingError when the page does not exist or pdfium cannot draw it.
    """
    from portal.library.extraction.parent import run_child

    task: dict[str, object] = {
        "path": str(path),
        "number": number,
        "width": width,
        "target": str(target),
    }
    with tempfile.TemporaryFile() as output:
        code = run_child(Path(__file__), task, output, SECONDS, target.parent)
    if code != 0 or not target.exists():
        raise RenderingError(f"Page {number} cannot be drawn.")


def _draw(task: dict[str, Any]) -> None:
    sys.path[:0] = task["modules"]
    import PIL.WebPImagePlugin  # noqa: F401 - before the jail forbids the search for plugins
    import pypdfium2

    from portal.library.extraction import jail

    jail.lock(MEMORY, SECONDS, writable=[task["target"]])
    page = pypdfium2.PdfDocument(task["path"])[task["number"] - 1]
    width, height = page.get_size()
    scale = task["width"] / max(width, 1)
    if width * height * scale * scale > MAX_PIXELS:
        scale = (MAX_PIXELS / (width * height)) ** 0.5
    picture = page.render(scale=scale).to_pil().convert("RGB")
    picture.save(task["target"], "WEBP", quality=82, method=2)


if __name__ == "__main__":
    _draw(json.loads(sys.argv[1]))
