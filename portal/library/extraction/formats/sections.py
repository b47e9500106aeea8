"""Long texts without pages, cut into sections where a paragraph ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from portal.library.extraction.model import PageText
from portal.library.extraction.structure import Block, structure_of

LENGTH = 3000


def sections(paragraphs: Iterable[str | Block | None]) -> Iterator[PageText]:
    """Yield sections of about three thousand characters; None among the paragraphs is a page end.

    With page ends the label is the page, without it is the section.
    """
    items = list(paragraphs)
    paged = None in items
    noun = "p." if paged else "sezione"
    held: list[str | Block] = []
    number, size = 1, 0
    for item in items:
        full = not paged and size > LENGTH
        if (item is None or full) and (held or paged):
            yield _page(f"{noun} {number}", held)
            number, held, size = number + 1, [], 0
        if item is None:
            continue
        text = _text(item)
        for start in range(0, max(len(text), 1), 4 * LENGTH):
            piece = text[start : start + 4 * LENGTH]
            if start:
                yield _page(f"{noun} {number}", held)
                number, held, size = number + 1, [], 0
            whole = isinstance(item, Block) and (not start or item.kind != "t")
            held.append(replace(item, text=piece) if isinstance(item, Block) and whole else piece)
            size += len(piece)
    if held:
        yield _page(f"{noun} {number}", held)


def _text(item: str | Block) -> str:
    return item if isinstance(item, str) else item.text


def _page(label: str, held: list[str | Block]) -> PageText:
    return PageText(label, "\n".join(_text(item) for item in held), structure=structure_of(held))
