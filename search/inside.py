"""The pages of one document that answer a query, for the library's reader."""

from __future__ import annotations

import logging

from search.engines import get_engine
from search.engines.base import EngineError
from search.query import parse
from search.sources import object_id

log = logging.getLogger(__name__)


def find_pages(document: int, typed: str, limit: int) -> list[int] | None:
    """Return the best pages of a document, None when the engine does not answer."""
    query = parse(typed)
    if not query.wanted:
        return []
    key = object_id("document", document)
    try:
        passages = get_engine().passages(query, [key], per_document=limit)
    except EngineError:
        log.warning("The engine did not answer a search inside a document", exc_info=True)
        return None
    return [passage.number for passage in passages.get(key, [])]
