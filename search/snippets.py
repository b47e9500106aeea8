"""Excerpts with the words of the query marked, cut from the text of the database."""

from __future__ import annotations

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.core.highlighting import marked_spans
from search.query import Query, parse
from search.query.highlights import matching_spans
from search.tuning import recent

LENGTH = 220
LONGEST_TEXT = 60_000
# The dots that lead from an entry of a table of contents to its page.
LEADER = re.compile(r"(?:[.·…_]\s?){5,}")


def snippet(text: str, query: Query, length: int = LENGTH) -> SafeString:
    """Return the excerpt with most different words of the query, about ``length`` characters."""
    text = LEADER.sub("… ", text[:LONGEST_TEXT])
    found = matching_spans(text, query)
    start = _best_start(text, found, length)
    begin = _word_edge(text, start)
    end = min(begin + length, len(text))
    if end < len(text):
        end = max(text.rfind(" ", begin, end), begin + length // 2)
    inside = [(left - begin, right - begin) for left, right in found if begin <= left < end]
    excerpt = " ".join(text[begin:end].split("\x00"))
    body = marked_spans(excerpt, [(left, min(right, len(excerpt))) for left, right in inside])
    return format_html("{}{}{}", "…" if begin else "", body, "…" if end < len(text) else "")


def marked_title(title: str, query: Query) -> SafeString:
    """Return a title with the words of the query marked."""
    return marked_spans(title, matching_spans(title, query, title=True))


def highlight(text: str, typed: str) -> list[tuple[int, int]]:
    """Return the spans of a text that answer what somebody typed (for the library's reader)."""
    recent()
    return matching_spans(text, parse(typed))


def _best_start(text: str, found: list[tuple[int, int]], length: int) -> int:
    best, best_score = 0, -1
    for left, _ in found:
        start = max(left - length // 4, 0)
        window = {
            text[begin:end].lower()[:5]
            for begin, end in found
            if start <= begin and end <= start + length
        }
        if len(window) > best_score:
            best, best_score = start, len(window)
    return best


def _word_edge(text: str, start: int) -> int:
    if start <= 0:
        return 0
    edge = text.find(" ", start)
    return edge + 1 if 0 <= edge < start + 40 else start
