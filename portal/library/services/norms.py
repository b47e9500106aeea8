"""The norms that the pages of a version cite, recognised once and kept in rows."""

from __future__ import annotations

from django.db import transaction

from portal.core.norms import act_label, references
from portal.library.models import DocumentVersion, NormCitation

BATCH = 500
MAX_CITATIONS = 5_000


@transaction.atomic
def cite_norms(version: DocumentVersion) -> int:
    """Write the norms of every page in place of those of an earlier reading; return how many."""
    version.norm_citations.all().delete()
    rows = []
    year = version.document.year
    for number, text in version.pages.values_list("number", "text").iterator(chunk_size=BATCH):
        acts = dict.fromkeys(reference.act for reference in references(text, year))
        rows += [
            NormCitation(version=version, page=number, act=act, label=act_label(act))
            for act in acts
        ]
        if len(rows) >= MAX_CITATIONS:
            break
    NormCitation.objects.bulk_create(rows[:MAX_CITATIONS], batch_size=BATCH)
    return len(rows)
