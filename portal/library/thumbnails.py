"""Small pictures of several pages at once, drawn by one jailed process."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BATCH = 12
THUMBNAIL_WIDTH = 160
MAX_HEIGHT = 1000
MEMORY = 512 * 1024 * 1024
SECONDS = 10


def draw_thumbnails(
    path: Path, first: int, scratch: Path, rotations: dict[int, int]
) -> Iterator[tuple[Path, int]]:
    """Draw a batch of pages from ``first`` and yield each picture with its number.

    Pages are turned clockwise by their ``rotations``, multiples of 90; those that cannot be
    drawn, or that do not exist, are left out.
    """
    from portal.library.extraction.parent import run_child

    targets = [str(scratch / f"{number}.webp") for number in range(first, first + BATCH)]
    task: dict[str, object] = {
        "path": str(path),
        "first": first,
        "targets": targets,
        "turns": [rotations.get(number, 0) for number in range(first, first + BATCH)],
    }
    with tempfile.TemporaryFile() as output:
        run_child(Path(__file__), task, output, SECONDS, scratch)
    for number, target in enumerate(targets, start=first):
        drawn = Path(target)
        if drawn.exists() and drawn.stat().st_size:
            yield drawn, number


def _draw(task: dict[str, Any]) -> None:
    sys.path[:0] = task["modules"]
    from portal.library.extraction import jail

    jail.end_with(task["parent"])
    import PIL.WebPImagePlugin  # noqa: F401 - before the jail forbids the search for plugins
    import pypdfium2

    jail.lock(MEMORY, SECONDS, writable=task["targets"])
    document = pypdfium2.PdfDocument(task["path"])
    pages = zip(task["targets"], task["turns"], strict=True)
    for number, (target, turn) in enumerate(pages, start=task["first"]):
        if number > len(document):
            return
        try:
            page = document[number - 1]
            width, height = page.get_size()
            if turn in (90, 270):
                width, height = height, width
            scale = min(THUMBNAIL_WIDTH / max(width, 1), MAX_HEIGHT / max(height, 1))
            drawn = page.render(scale=scale, rotation=turn).to_pil().convert("RGB")
        except pypdfium2.PdfiumError:
            continue
        drawn.save(target, "WEBP", quality=70, method=1)
        page.close()


if __name__ == "__main__":
    _draw(json.loads(sys.argv[1]))
