"""Where the search tells the rest of the portal which words of a text answer a query."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.core.registry import Registry

# text, query -> spans of characters to mark, in order and without overlaps
Highlighter = Callable[[str, str], list[tuple[int, int]]]
highlighters: Registry[Highlighter] = Registry("highlighter")
register_highlighter = highlighters.register
# Dots that lead from an entry of a table of contents to its page, lines to write on.
LEADER = re.compile(r"(?:[.·…_] ?){5,}")


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Return the spans of the text that the registered search marks for a query."""
    for _, highlighter in highlighters:
        return highlighter(text, query)
    return []


def marked(text: str, query: str) -> SafeString:
    """Return the text as safe HTML with the words of the query in ``<mark>``."""
    return marked_spans(text, spans(text, query) if query.strip() else [])


def marked_spans(text: str, found: Sequence[tuple[int, int]]) -> SafeString:
    """Return the text as safe HTML with the given spans in ``<mark>``."""
    pieces = []
    position = 0
    for start, end in found:
        pieces.append(format_html("{}<mark>{}</mark>", text[position:start], text[start:end]))
        position = end
    pieces.append(format_html("{}", text[position:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above


def without_leaders(text: str) -> str:
    """Return the text with leaders and lines to fill in cut short."""
    return LEADER.sub("… ", text)


def excerpt(text: str, found: Sequence[tuple[int, int]], length: int) -> SafeString:
    """Return about ``length`` characters where most different words answer, their spans marked."""
    first, last = _best(text, found, length)
    start = max(first - length // 4, 0)
    if start:
        edge = text.find(" ", start, first)
        start = edge + 1 if edge >= 0 else start
    end = min(max(start + length, last), len(text))
    if end < len(text):
        edge = text.rfind(" ", max(last, start + length // 2), end)
        end = edge if edge > 0 else end
    within = [span for span in found if start <= span[0] and span[1] <= end]
    words = marked_spans(text[start:end], [(left - start, right - start) for left, right in within])
    return format_html("{}{}{}", "…" if start else "", words, "…" if end < len(text) else "")


def _best(text: str, found: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """Return the first and the last place of the stretch that holds most different words."""
    best, most = (0, 0), 0
    ends = [right for _, right in found]
    for index, (left, _) in enumerate(found):
        last = max(bisect_right(ends, left + length * 3 // 4), index + 1)
        different = len({text[begin:end].lower()[:5] for begin, end in found[index:last]})
        if different > most:
            best, most = (left, ends[last - 1]), different
    return best
