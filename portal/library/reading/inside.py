"""Searching inside one document: the pages that answer, each with an excerpt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from portal.core.highlighting import excerpt, spans, without_leaders
from portal.core.page_finding import found_pages
from portal.library.models import DocumentPage, DocumentVersion

MAX_HITS = 50
# Up to this many pages every page is read; beyond, the search engine says which ones answer,
# and when it knows none (it is down, or has not read the document yet) the first ones are read.
FEW_PAGES = 60
MAX_READ = 300_000
EXCERPT = 130


@dataclass(frozen=True)
class PageHit:
    """A page that answers, with the words around the place where it answers best."""

    number: int
    label: str
    excerpt: SafeString


@dataclass(frozen=True)
class Inside:
    """The pages that answer, in order; ``last_read`` is set when the rest was not looked at."""

    hits: list[PageHit] = field(default_factory=list)
    more: bool = False
    last_read: int = 0


def search_inside(version: DocumentVersion, query: str) -> Inside:
    """Return the pages of a version that answer a query, at most fifty."""
    if not query.strip():
        return Inside()
    pages = version.pages.only("version", "number", "label", "text").order_by("number")
    if version.page_count > FEW_PAGES:
        numbers = found_pages(version.document_id, query, MAX_HITS + 1)
        if numbers:
            return _among(pages.filter(number__in=numbers), query)
    return _among(pages.iterator(chunk_size=100), query)


def _among(pages: Iterable[DocumentPage], query: str) -> Inside:
    hits: list[PageHit] = []
    read = 0
    for page in pages:
        if read > MAX_READ:
            return Inside(hits, last_read=page.number - 1)
        read += len(page.text)
        text = without_leaders(page.text)
        found = spans(text, query)
        if found and len(hits) == MAX_HITS:
            return Inside(hits, more=True)
        if found:
            hits.append(PageHit(page.number, page.label, excerpt(text, found, EXCERPT)))
    return Inside(hits)
