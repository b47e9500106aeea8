"""Excerpts with the words of the query marked, cut from the text of the database."""

from __future__ import annotations

from django.utils.safestring import SafeString

from portal.core.highlighting import excerpt, marked_spans, without_leaders
from search.query import Query, parse
from search.query.highlights import matching_spans
from search.tuning import recent

LENGTH = 220
LONGEST_TEXT = 60_000


def snippet(text: str, query: Query) -> SafeString:
    """Return the excerpt with most different words of the query."""
    text = without_leaders(text[:LONGEST_TEXT])
    return excerpt(text, matching_spans(text, query), LENGTH)


def marked_title(title: str, query: Query) -> SafeString:
    """Return a title with the words of the query marked."""
    return marked_spans(title, matching_spans(title, query, title=True))


def highlight(text: str, typed: str) -> list[tuple[int, int]]:
    """Return the spans of a text that answer what somebody typed (for the library's reader)."""
    recent()
    return matching_spans(text, parse(typed))
