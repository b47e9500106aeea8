"""Objects for the index, and what is found of them."""

from __future__ import annotations

from typing import Any

from search.engines.base import Engine, IndexItem, PageText, SearchRequest
from search.query import parse

PUBLIC = frozenset({"public"})


def item(key: str, body: str = "", **changes: Any) -> IndexItem:
    """Return an object for the index; facets are given by name, one value or several."""
    values: dict[str, Any] = {
        "id": key,
        "title": "",
        "summary": "",
        "body": body,
        "pages": [],
        "audience": PUBLIC,
        "facets": {"kind": ["page"]},
        "date": None,
        "seq": 1,
    }
    return IndexItem(**{**values, **changes})


def facets(**values: Any) -> dict[str, list[str]]:
    """Return the facets of an object."""
    return {
        "kind": ["page"],
        **{name: [value] if isinstance(value, str) else value for name, value in values.items()},
    }


def pages(*texts: str) -> list[PageText]:
    """Return numbered pages."""
    return [PageText(number, f"p. {number}", text) for number, text in enumerate(texts, start=1)]


def ids(engine: Engine, words: str, audience: frozenset[str] = PUBLIC, **more: Any) -> list[str]:
    """Return the ids found."""
    request = SearchRequest(query=parse(words), audience=audience, **more)
    return [hit.id for hit in engine.search(request).hits]


def strictly(engine: Engine, words: str, **more: Any) -> set[str]:
    """Return the ids of what has all that is asked."""
    return set(ids(engine, words, strict=True, page_size=500, **more))
