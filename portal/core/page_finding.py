"""Where the search tells the library which pages of a document answer a query."""

from __future__ import annotations

from collections.abc import Callable

from portal.core.registry import Registry

# key of the document, query, how many at most -> numbers of pages; None when it cannot say now
PageFinder = Callable[[int, str, int], list[int] | None]
page_finders: Registry[PageFinder] = Registry("page finder")
register_page_finder = page_finders.register


def found_pages(document: int, query: str, limit: int) -> list[int] | None:
    """Return the pages that the registered search finds in a document; None without an answer."""
    for _, finder in page_finders:
        return finder(document, query, limit)
    return None
