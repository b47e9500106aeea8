"""The few kinds of block a demonstration text is made of, and how they are read.

One block per line: ``#`` and ``##`` headings, ``-`` list items, ``1.`` numbered paragraphs,
``>`` notes, ``^`` captions followed by ``|`` rows, ``@`` computed tables, ``===`` new page;
anything else is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.library.demo.tables import computed_table

NUMBERED = re.compile(r"^(\d+)\. (.*)$")


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 or 2."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``number`` is the number of a comma, empty where there is none."""

    text: str
    number: str = ""


@dataclass(frozen=True)
class Items:
    """A list."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A remark set apart from the text."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table whose first row is its header."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class NewPage:
    """The end of a page."""


Block = Heading | Paragraph | Items | Note | Table | NewPage


def parse(body: str) -> list[Block]:
    """Return the blocks of a text."""
    lines = [line.strip() for line in body.splitlines()]
    return list(_blocks([line for line in lines if line]))


def _blocks(lines: list[str]) -> Iterator[Block]:
    caption = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("|"):
            rows = _run(lines, at, "|")
            yield Table(caption, tuple(_cells(row) for row in rows))
            caption = ""
            at += len(rows)
            continue
        if line.startswith("- "):
            items = _run(lines, at, "- ")
            yield Items(tuple(item[2:] for item in items))
            at += len(items)
            continue
        if line.startswith("^ "):
            caption = line[2:]
        else:
            yield _single(line)
        at += 1


def _single(line: str) -> Block:
    if line == "===":
        return NewPage()
    if line.startswith("## "):
        return Heading(2, line[3:])
    if line.startswith("# "):
        return Heading(1, line[2:])
    if line.startswith("> "):
        return Note(line[2:])
    if line.startswith("@ "):
        caption, rows = computed_table(line[2:])
        return Table(caption, rows)
    numbered = NUMBERED.match(line)
    if numbered:
        return Paragraph(numbered[2], numbered[1])
    return Paragraph(line)


def _run(lines: list[str], start: int, mark: str) -> list[str]:
    end = start
    while end < len(lines) and lines[end].startswith(mark):
        end += 1
    return lines[start:end]


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip("|").split("|"))
