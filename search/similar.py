"""What speaks of the same as an object, by the keys of one source."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from portal.core.access import audience_tokens
from search.engines import get_engine
from search.engines.base import EngineError
from search.outbox import hidden_ids
from search.sources import object_id, parse_object_id

if TYPE_CHECKING:
    from search.sources.base import Reader

log = logging.getLogger(__name__)


def similar_keys(
    reader: Reader, name: str, pk: int, limit: int, apart: Iterable[int] = ()
) -> list[int] | None:
    """Return the keys that speak of the same as one, of a source that is one kind of the index.

    The likest come first, those ``apart`` never; None when the engine does not answer. The index
    may be behind: who shows what the keys stand for checks it with the reader's rights.
    """
    never = hidden_ids() | {object_id(name, other) for other in apart}
    try:
        hits = get_engine().similar(
            object_id(name, pk), audience_tokens(reader), limit, kind=name, exclude_ids=never
        )
    except EngineError as problem:
        log.warning("Nothing similar is shown: %s", problem)
        return None
    return [parse_object_id(hit.id)[1] for hit in hits]


def similar_documents(reader: Reader, document: int, limit: int) -> list[int] | None:
    """Return the documents that speak of the same as one, for the library."""
    return similar_keys(reader, "document", document, limit)
