"""The light structure of office files: headings, paragraphs, items, rows of tables.

A page's structure is a list that JSON can hold: ``["h", level, text]``, ``["p", text]``,
``["li", text]`` and ``["t", rows]``, where a row is a list of cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Structure = list[list[object]]
MAX_COLUMNS = 60
MAX_LEVEL = 6


@dataclass(frozen=True)
class Block:
    """One piece of a page; ``cells`` are those of a row, ``table`` tells tables apart."""

    kind: str
    text: str
    level: int = 0
    cells: tuple[str, ...] = ()
    table: int = 0


def _clean(text: str) -> str:
    return text.replace("\x00", "")


def heading(text: str, level: int) -> Block:
    """Return a heading; levels beyond the sixth are the sixth."""
    return Block("h", _clean(text), min(max(level, 1), MAX_LEVEL))


def paragraph(text: str) -> Block:
    """Return a paragraph."""
    return Block("p", _clean(text))


def item(text: str) -> Block:
    """Return an item of a list."""
    return Block("li", _clean(text))


def row(cells: Iterable[object], table: int, *, once: bool = False) -> Block:
    """Return a row; its text is the cells with something in them, the same cell once if asked."""
    values = ["" if cell is None else " ".join(_clean(str(cell)).split()) for cell in cells]
    while values and not values[-1]:
        values.pop()
    full = [value for value in values if value]
    text = "\t".join(dict.fromkeys(full) if once else full)
    return Block("t", text, cells=tuple(values[:MAX_COLUMNS]), table=table)


def structure_of(blocks: Iterable[Block | str]) -> Structure | None:
    """Return the structure of a page; None when it is nothing but paragraphs."""
    made: Structure = []
    rows: list[object] = []
    table = -1
    plain = True
    for block in blocks:
        if isinstance(block, str):
            block = paragraph(block)
        plain = plain and block.kind == "p"
        if block.kind == "t":
            if block.table != table or not made or made[-1][0] != "t":
                rows = []
                made.append(["t", rows])
            rows.append(list(block.cells))
            table = block.table
        elif block.kind == "h":
            made.append(["h", block.level, block.text])
        else:
            made.append([block.kind, block.text])
    return None if plain else made
