"""What the worker does for the library."""

from __future__ import annotations

import logging
import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.library.extraction import ExtractionResult, FileFormat, Limits, extract
from portal.library.models import Document, DocumentPage, DocumentVersion, VersionState
from portal.library.services.local_file import local_path
from portal.library.services.norms import cite_norms
from portal.library.services.sketches import sketch_version
from portal.library.services.versions import queue_extraction

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
BATCH = 500


def extraction_limits() -> Limits:
    """Return the limits of the settings."""
    return Limits(
        max_pages=settings.LIBRARY_MAX_PAGES,
        max_unpacked_ratio=settings.LIBRARY_MAX_UNPACKED_RATIO,
        max_unpacked_size=settings.LIBRARY_MAX_UNPACKED_SIZE,
        memory=settings.LIBRARY_EXTRACTION_MEMORY,
        seconds=settings.LIBRARY_EXTRACTION_SECONDS,
    )


def extract_version(pk: int) -> str:
    """Read the text of one version and return the state it ended in.

    The claim is a conditional UPDATE, so a task delivered twice reads once; a version whose
    worker died is claimed again by ``resume_extractions``, three times at the most.
    """
    claimed = DocumentVersion.objects.filter(pk=pk, state=VersionState.QUEUED).update(
        state=VersionState.EXTRACTING, started_at=timezone.now(), attempts=F("attempts") + 1
    )
    if not claimed:
        return "not queued"
    version = DocumentVersion.objects.select_related("document").get(pk=pk)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="portal-extraction-") as scratch,
            local_path(version.file) as path,
        ):
            file_format = FileFormat(version.format) if version.format else None
            result = extract(path, file_format, extraction_limits(), Path(scratch))
    except FileNotFoundError:
        log.exception("The file of version %s is missing", pk)
        result = ExtractionResult(pages=[], error_code="damaged")
    keep(version, result)
    version.refresh_from_db(fields=["state"])
    return version.state


@transaction.atomic
def keep(version: DocumentVersion, result: ExtractionResult) -> None:
    """Store what was read, or why nothing could be, in place of an earlier reading."""
    version.pages.all().delete()
    DocumentPage.objects.bulk_create(
        [
            DocumentPage(
                version=version,
                number=page.number,
                label=page.label[:120],
                text=page.text,
                structure=page.structure,
            )
            for page in result.pages
        ],
        batch_size=BATCH,
    )
    cite_norms(version)
    sketch_version(version, (page.text for page in result.pages))
    DocumentVersion.objects.filter(pk=version.pk).update(
        state=VersionState.FAILED if result.error_code else VersionState.READY,
        failure_code=result.error_code or "",
        page_count=len(result.pages),
        truncated=result.truncated,
        extracted_at=timezone.now(),
    )
    # Saving the document tells the search index, through its outbox, that there is new text.
    Document.objects.get(pk=version.document_id).save(update_fields=["updated_at"])


def resume_extractions() -> int:
    """Queue again what a worker that died left half-read, and return how many."""
    now = timezone.now()
    dead = now - timedelta(seconds=settings.LIBRARY_EXTRACTION_SECONDS + 30)
    stuck = DocumentVersion.objects.filter(state=VersionState.EXTRACTING, started_at__lt=dead)
    stuck.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=VersionState.FAILED, failure_code="crashed"
    )
    stuck.update(state=VersionState.QUEUED)
    waiting = DocumentVersion.objects.filter(
        Q(started_at__isnull=True, created_at__lt=now - timedelta(minutes=5))
        | Q(started_at__lt=dead),
        state=VersionState.QUEUED,
    )
    count = 0
    for version in waiting:
        queue_extraction(version)
        count += 1
    return count
