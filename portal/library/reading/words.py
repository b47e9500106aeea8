"""Where the words of a page are on its picture, as fractions of its width and height.

Read by pypdfium2 in the same jail as the extraction and kept beside the pictures; a page that was
recognised from a scan brings its own words.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portal.library.models import DocumentPage, DocumentVersion

MAX_CHARACTERS = 60_000
MAX_BOXES = 1500
MEMORY = 512 * 1024 * 1024
SECONDS = 10
# pdfium maps points to whole pixels: on a canvas this wide the rounding cannot be seen.
CANVAS = 100_000
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Word:
    """A word or a sign, its boxes (two when it is broken over lines), glued to the next or not."""

    text: str
    boxes: tuple[Box, ...]
    glued: bool = False


def page_words(version: DocumentVersion, page: DocumentPage) -> list[Word]:
    """Return the words of a page with their places on its upright picture, none if not known.

    On a scan the recognised words follow those that its file has: a stamp, a protocol number.
    """
    from portal.library.intake_selectors import recognised_words

    recognised = recognised_words(page) if page.ocr else []
    return [*_words_of_file(version, page), *_whole(recognised)]


def _words_of_file(version: DocumentVersion, page: DocumentPage) -> list[Word]:
    """Return the words that the PDF itself places on a page."""
    from portal.library.extraction.recognition import upright
    from portal.library.pictures import drawable_file, folder_of

    file = drawable_file(version)
    if file is None:
        return []
    kept = folder_of(version) / f"{page.number}-words.json"
    if not kept.exists() and not _read_words(file, page.number, kept):
        return []
    rows = json.loads(kept.read_text())
    return [
        Word(row[0], tuple(upright(tuple(box), page.rotation) for box in row[2]), bool(row[1]))
        for row in rows
    ]


def _whole(rows: list[list[Any]]) -> list[Word]:
    """Return recognised words; one that was broken over lines has a row for each of its boxes."""
    words: list[Word] = []
    for text, *edges in rows:
        box: Box = (float(edges[0]), float(edges[1]), float(edges[2]), float(edges[3]))
        last = words[-1] if words else None
        if last and last.text == text and len(last.boxes) == 1 and _below(last.boxes[0], box):
            words[-1] = Word(str(text), (*last.boxes, box))
        else:
            words.append(Word(str(text), (box,)))
    return words


def _below(box: Box, other: Box) -> bool:
    """Tell whether a box begins the line after that which another ends."""
    return other[0] < box[0] and other[1] > (box[1] + box[3]) / 2


def boxes_of(words: list[Word], query: str, passage: str) -> tuple[list[Box], list[Box]]:
    """Return the boxes of the words that answer a query, and those of a passage."""
    from portal.core.highlighting import spans
    from portal.library.reading.annotating import find_passage

    pieces: list[str] = []
    for word in words:
        pieces.append(word.text if word.glued else f"{word.text} ")
    text = "".join(pieces)
    found = spans(text, query) if query.strip() else []
    chosen = find_passage(text, passage)
    return _boxes(words, pieces, found), _boxes(words, pieces, [chosen] if chosen else [])


def _boxes(words: list[Word], pieces: list[str], found: list[tuple[int, int]]) -> list[Box]:
    boxes: list[Box] = []
    place = index = 0
    for word, piece in zip(words, pieces, strict=True):
        end = place + len(word.text)
        while index < len(found) and found[index][1] <= place:
            index += 1
        if index < len(found) and found[index][0] < end and word.text:
            boxes += word.boxes
        place += len(piece)
        if len(boxes) > MAX_BOXES:
            break
    return boxes


def _read_words(file: Any, number: int, kept: Path) -> bool:
    from portal.library.extraction.parent import run_child
    from portal.library.services.local_file import local_path

    kept.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=kept.parent) as scratch,
        local_path(file) as path,
    ):
        written = Path(scratch) / "words.json"
        with written.open("wb") as output:
            task: dict[str, object] = {"path": str(path), "number": number}
            code = run_child(Path(__file__), task, output, SECONDS, Path(scratch))
        if code != 0:
            return False
        written.replace(kept)
    return True


def _read(task: dict[str, Any]) -> None:
    """The child: print the words of a page as JSON."""
    sys.path[:0] = task["modules"]
    from portal.library.extraction import jail

    jail.end_with(task["parent"])
    import pypdfium2

    from portal.library.extraction.formats.pdf import LIGATURES

    jail.lock(MEMORY, SECONDS)
    page = pypdfium2.PdfDocument(task["path"])[task["number"] - 1]
    rows = [
        [text.translate(LIGATURES), glued, [_on_picture(page, box) for box in boxes]]
        for text, glued, boxes in _runs(page.get_textpage())
    ]
    sys.stdout.write(json.dumps(rows))


def _runs(text_page: Any) -> Any:
    """Yield runs of letters or of signs, whether glued to the next, and their boxes in points."""
    import pypdfium2.raw as raw

    boxes: list[Any] = []
    text, fresh = "", True
    rectangle = raw.FS_RECTF()
    for index in range(min(text_page.count_chars(), MAX_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        letter = chr(code) if 31 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        if code in (2, 0xAD):  # the word goes on after the end of the line
            fresh = True
            continue
        if letter.isspace():
            if text and not (fresh and boxes and code in (10, 13)):
                yield text, 0, boxes
                text, boxes = "", []
                fresh = True
            continue
        if text and letter.isalnum() != text[-1].isalnum():
            yield text, 1, boxes
            text, boxes, fresh = "", [], True
        text += letter
        raw.FPDFText_GetLooseCharBox(text_page, index, rectangle)
        box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        if fresh:
            boxes = [*boxes, box]
        else:
            old = boxes[-1]
            boxes[-1] = (*map(min, old[:2], box[:2]), *map(max, old[2:], box[2:]))
        fresh = False
    if text:
        yield text, 0, boxes


def _on_picture(page: Any, box: tuple[float, float, float, float]) -> list[float]:
    """Return a box in fractions of the page as it is drawn, whatever its rotation and crop."""
    import ctypes

    import pypdfium2.raw as raw

    corners = []
    x, y = ctypes.c_int(), ctypes.c_int()
    for across, up in ((box[0], box[3]), (box[2], box[1])):
        raw.FPDF_PageToDevice(page, 0, 0, CANVAS, CANVAS, 0, across, up, x, y)
        corners.append((x.value / CANVAS, y.value / CANVAS))
    (x0, y0), (x1, y1) = corners
    edges = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return [round(min(max(edge, 0.0), 1.0), 4) for edge in edges]


if __name__ == "__main__":
    _read(json.loads(sys.argv[1]))
