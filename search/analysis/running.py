"""Running headers and footers: lines that a document repeats on most of its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

FEWEST_PAGES = 4
PART = 0.6
# Lines so far from the edge of a page are no header or footer.
EDGE = 4
DIGITS = re.compile(r"\d+")


def without_running(pages: Sequence[str]) -> list[str]:
    """Return the texts of pages without the lines that most of them repeat at an edge.

    Numbers count as the same, so "Pagina 3 di 12" is one line. The first page keeps them: what
    they say is said once.
    """
    if len(pages) < FEWEST_PAGES:
        return list(pages)
    split = [text.split("\n") for text in pages]
    counts = Counter(
        line for lines in split for line in {_masked(lines[at]) for at in _edge(lines)}
    )
    running = {line for line, count in counts.items() if line and count >= PART * len(pages)}
    if not running:
        return list(pages)
    return [pages[0]] + ["\n".join(_kept(lines, running)) for lines in split[1:]]


def _kept(lines: Sequence[str], running: set[str]) -> Sequence[str]:
    """Return the lines of a page without the running ones; a page of these alone stays whole."""
    edge = set(_edge(lines))
    kept = [line for at, line in enumerate(lines) if at not in edge or _masked(line) not in running]
    return kept if any(line.strip() for line in kept) else lines


def _edge(lines: Sequence[str]) -> list[int]:
    """Return the places of the first and last lines that are not empty."""
    full = [at for at, line in enumerate(lines) if line.strip()]
    return list(dict.fromkeys(full[:EDGE] + full[-EDGE:]))


def _masked(line: str) -> str:
    return DIGITS.sub("0", " ".join(line.split()).casefold())
