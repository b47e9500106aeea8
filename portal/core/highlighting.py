"""Where the search tells the rest of the portal which words of a text answer a query."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.core.registry import Registry

# text, query -> spans of characters to mark, in order and without overlaps
Highlighter = Callable[[str, str], list[tuple[int, int]]]
highlighters: Registry[Highlighter] = Registry("highlighter")
register_highlighter = highlighters.register


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Return the spans of the text that the registered search marks for a query."""
    for _, highlighter in highlighters:
        return highlighter(text, query)
    return []


def marked(text: str, query: str) -> SafeString:
    """Return the text as safe HTML with the words of the query in ``<mark>``."""
    return marked_spans(text, spans(text, query) if query.strip() else [])


def marked_spans(text: str, found: list[tuple[int, int]]) -> SafeString:
    """Return the text as safe HTML with the given spans in ``<mark>``."""
    pieces = []
    position = 0
    for start, end in found:
        pieces.append(format_html("{}<mark>{}</mark>", text[position:start], text[start:end]))
        position = end
    pieces.append(format_html("{}", text[position:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above
