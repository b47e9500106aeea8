"""Long texts without pages, cut into sections where a paragraph ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

LENGTH = 3000


def sections(paragraphs: Iterable[str | None]) -> Iterator[tuple[str, str]]:
    """Yield sections of about three thousand characters; None among the paragraphs is a page end.

    With page ends the label is the page, without it is the section.
    """
    items = list(paragraphs)
    paged = None in items
    noun = "p." if paged else "sezione"
    held: list[str] = []
    number, size = 1, 0
    for item in items:
        full = not paged and size > LENGTH
        if (item is None or full) and (held or paged):
            yield f"{noun} {number}", "\n".join(held)
            number, held, size = number + 1, [], 0
        if item is None:
            continue
        for start in range(0, max(len(item), 1), 4 * LENGTH):
            piece = item[start : start + 4 * LENGTH]
            if start:
                yield f"{noun} {number}", "\n".join(held)
                number, held, size = number + 1, [], 0
            held.append(piece)
            size += len(piece)
    if held:
        yield f"{noun} {number}", "\n".join(held)
