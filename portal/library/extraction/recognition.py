"""The text of a scanned page by tesseract: words, where they stand, and which side is up."""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import IO

from portal.library.extraction.tools import LANGUAGE, Tools, run_tool
from portal.library.rendering import RenderingError, draw_page

# Pixels across an upright A4 page at 300 dots per inch, what tesseract reads best.
WIDTH = 2480
MIN_CONFIDENCE = 5
# Below this mean confidence, or with fewer words, the page may be on its side.
GOOD_CONFIDENCE = 70
FEW_WORDS = 5
MAX_WORDS = 20_000
# ``--psm`` of tesseract: with and without looking for the orientation.
ORIENTED, PLAIN = 1, 3
SIDES = (0, 90, 180, 270)

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Word:
    """A word and its box, left, top, right, bottom as fractions of the upright page."""

    text: str
    box: Box


@dataclass(frozen=True)
class Recognition:
    """What a page says; ``rotation`` is how many degrees clockwise stand it upright.

    ``problem`` is the code of the reason why nothing was read.
    """

    text: str = ""
    words: tuple[Word, ...] = ()
    rotation: int = 0
    confidence: float = 0.0
    problem: str = ""


@dataclass(frozen=True)
class _Row:
    line: tuple[int, int, int]
    word: Word
    confidence: float


def recognise(path: Path, number: int, tools: Tools, work_dir: Path) -> Recognition:
    """Read page ``number`` (from 1) of a PDF; never raises for what is on it."""
    found = _read(path, number, 0, ORIENTED, tools, work_dir)
    if found.problem or found.rotation or _convincing(found):
        return found
    # Without orientation data, or on a page that misled it, each side is tried in turn.
    turned = [_read(path, number, side, PLAIN, tools, work_dir) for side in SIDES[1:]]
    best = max([found, *turned], key=lambda one: one.confidence * len(one.words))
    return best if best.confidence >= GOOD_CONFIDENCE else found


def _convincing(found: Recognition) -> bool:
    return found.confidence >= GOOD_CONFIDENCE and len(found.words) >= FEW_WORDS


def _read(
    path: Path, number: int, side: int, mode: int, tools: Tools, work_dir: Path
) -> Recognition:
    with tempfile.TemporaryDirectory(dir=work_dir) as name:
        folder = Path(name)
        picture = folder / "page.png"
        try:
            draw_page(path, number, WIDTH, picture, side)
        except RenderingError:
            return Recognition(problem="undrawable")
        command = [tools.tesseract, str(picture), "-", "-l", LANGUAGE, "--psm", str(mode), "tsv"]
        with tempfile.TemporaryFile(dir=work_dir) as output:
            code = run_tool(
                command, output, folder, tools.recognition_memory, tools.recognition_seconds
            )
            output.seek(0)
            if code is None or code < 0:
                return Recognition(problem="timeout")
            if code:
                return Recognition(problem="unrecognised")
            found = _parsed(output)
    return replace(found, rotation=(found.rotation + side) % 360)


def _parsed(output: IO[bytes]) -> Recognition:
    """Return what tesseract's table of words says (levels: page 1, word 5)."""
    width = height = 0
    rows: list[_Row] = []
    for line in output.read().decode("utf-8", "replace").splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) < 12:
            continue
        left, top, wide, high = (int(cell) for cell in cells[6:10])
        if cells[0] == "1":
            width, height = wide, high
        text = "".join(letter for letter in cells[11] if letter.isprintable()).strip()
        confidence = float(cells[10])
        if cells[0] != "5" or not text or confidence < MIN_CONFIDENCE or not width or not height:
            continue
        box = (left / width, top / height, (left + wide) / width, (top + high) / height)
        place = (int(cells[2]), int(cells[3]), int(cells[4]))
        rows.append(_Row(place, Word(text, box), confidence))
        if len(rows) >= MAX_WORDS:
            break
    if not rows:
        return Recognition()
    side = _side(rows)
    rows = [replace(row, word=Word(row.word.text, upright(row.word.box, side))) for row in rows]
    return Recognition(
        text=_text(rows),
        words=tuple(_joined(rows)),
        rotation=side,
        confidence=sum(row.confidence for row in rows) / len(rows),
    )


def _side(rows: list[_Row]) -> int:
    """Return the turn that makes the words of a line follow each other to the right."""
    votes: Counter[int] = Counter()
    for before, after in pairwise(rows):
        if before.line == after.line:
            across = after.word.box[0] - before.word.box[0]
            down = after.word.box[1] - before.word.box[1]
            if abs(across) >= abs(down):
                votes[0 if across > 0 else 180] += 1
            else:
                votes[270 if down > 0 else 90] += 1
    return votes.most_common(1)[0][0] if votes else 0


def upright(box: Box, side: int) -> Box:
    """Return a box on the page turned clockwise by ``side`` degrees, a multiple of 90."""
    left, top, right, bottom = box
    turned = {
        0: box,
        90: (1 - bottom, left, 1 - top, right),
        180: (1 - right, 1 - bottom, 1 - left, 1 - top),
        270: (top, 1 - right, bottom, 1 - left),
    }
    return turned[side]


def _text(rows: Iterable[_Row]) -> str:
    lines: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    for row in rows:
        lines[row.line].append(row.word.text)
    text, last = "", None
    for place, words in lines.items():
        if text:
            text += "\n\n" if last != place[0] else "\n"
        text += " ".join(words)
        last = place[0]
    return re.sub(r"(?<=[^\W\d_])-\n+(?=[a-zà-ÿ])", "", text)


def _joined(rows: list[_Row]) -> Iterable[Word]:
    """Yield the words, those broken at the end of a line whole, once for each of their boxes."""
    at = 0
    while at < len(rows):
        row = rows[at]
        after = rows[at + 1] if at + 1 < len(rows) else None
        if (
            after is not None
            and after.line != row.line
            and re.fullmatch(r".*[^\W\d_]-", row.word.text)
            and after.word.text[0].islower()
        ):
            whole = row.word.text[:-1] + after.word.text
            yield Word(whole, row.word.box)
            yield Word(whole, after.word.box)
            at += 2
            continue
        yield row.word
        at += 1
