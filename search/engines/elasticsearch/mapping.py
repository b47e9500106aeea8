"""The two tiers on Elasticsearch, and the rows as it takes them.

The texts are analysed by the portal, as for the embedded engine: the server only splits them at
spaces (docs/decisions/0007-one-analysis-in-the-portal.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from elasticsearch.dsl import Integer, Keyword, Long, Mapping, Text

from search.engines.base import STORED_FACETS
from search.engines.rows import DocumentRow

TEXTS = ("title", "title_exact", "text", "text_exact", "acronyms")
PAGE_TEXTS = ("text", "text_exact", "acronyms")
# Deletions are remembered this long, so that a slower writer's older state does not come back.
TOMBSTONES = "10m"


def settings_of(shards: int, replicas: int) -> dict[str, Any]:
    """Return the settings of an index."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "gc_deletes": TOMBSTONES,
    }


def documents_mapping() -> dict[str, Any]:
    """Return the mapping of whole objects."""
    mapping = _strict(without=TEXTS)
    mapping.field("id", Keyword())
    mapping.field("seq", Long())
    for name in TEXTS:
        mapping.field(name, _words())
    mapping.field("gist", Keyword(index=False, doc_values=False))
    mapping.field("numbers", Integer(index=False, doc_values=False))
    mapping.field("audience", Keyword())
    for name in STORED_FACETS:
        mapping.field(name, Keyword())
    mapping.field("recency", Long())
    return dict(mapping.to_dict())


def pages_mapping() -> dict[str, Any]:
    """Return the mapping of the pages of objects; a page is where its object is (routing)."""
    mapping = _strict(without=PAGE_TEXTS)
    mapping.meta("_routing", required=True)
    mapping.field("id", Keyword())
    mapping.field("number", Integer())
    mapping.field("label", Keyword(index=False, doc_values=False))
    for name in PAGE_TEXTS:
        mapping.field(name, _words())
    return dict(mapping.to_dict())


def _strict(without: tuple[str, ...]) -> Mapping:
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    mapping.meta("_source", excludes=list(without))
    return mapping


def _words() -> Text:
    return Text(analyzer="whitespace")


def document_of(row: DocumentRow) -> dict[str, Any]:
    """Return the document of an object."""
    source: dict[str, Any] = {name: getattr(row, name) for name in TEXTS}
    source |= {facet: list(row.facets.get(facet, ())) for facet in STORED_FACETS}
    return source | {
        "id": row.id,
        "seq": row.seq,
        "gist": row.gist.split(),
        "numbers": [page.number for page in row.pages],
        "audience": list(row.audience),
        "recency": row.recency,
    }


def pages_of(row: DocumentRow) -> Iterator[dict[str, Any]]:
    """Yield the documents of the pages of an object."""
    for page in row.pages:
        source: dict[str, Any] = {name: getattr(page, name) for name in PAGE_TEXTS}
        yield source | {"id": row.id, "number": page.number, "label": page.label}
