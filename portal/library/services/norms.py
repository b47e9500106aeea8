"""The norms that the pages of a version cite, recognised once and kept in rows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from portal.core.norms import act_label, references
from portal.library.models import DocumentVersion, NormCitation

BATCH = 500
MAX_CITATIONS = 5_000


def cite_norms(version: DocumentVersion) -> int:
    """Write the norms of every page in place of those of an earlier reading; return how many."""
    pages = version.pages.values_list("number", "text").iterator(chunk_size=BATCH)
    return keep_citations(version, citations_of(version, pages))


def citations_of(version: DocumentVersion, pages: Iterable[tuple[int, str]]) -> list[NormCitation]:
    """Return the rows of the norms that numbered pages cite, unwritten: it takes a while."""
    rows: list[NormCitation] = []
    year = version.document.year
    for number, text in pages:
        rows += _citations(version, number, text, year)
        if len(rows) >= MAX_CITATIONS:
            break
    return rows[:MAX_CITATIONS]


@transaction.atomic
def keep_citations(version: DocumentVersion, rows: list[NormCitation]) -> int:
    """Write the rows in place of those of an earlier reading; return how many."""
    version.norm_citations.all().delete()
    NormCitation.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def cite_norms_of_page(version: DocumentVersion, number: int, text: str) -> None:
    """Write the norms of a page whose text was recognised after that of the others."""
    version.norm_citations.filter(page=number).delete()
    left = MAX_CITATIONS - version.norm_citations.count()
    rows = _citations(version, number, text, version.document.year)
    NormCitation.objects.bulk_create(rows[: max(left, 0)], batch_size=BATCH)


def _citations(
    version: DocumentVersion, number: int, text: str, year: int | None
) -> list[NormCitation]:
    acts = dict.fromkeys(reference.act for reference in references(text, year))
    return [
        NormCitation(version=version, page=number, act=act, label=act_label(act)) for act in acts
    ]
