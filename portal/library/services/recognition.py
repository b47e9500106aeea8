"""Scanned pages, recognised one at a time, and taken up again where they were left."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django_q.tasks import async_task

from portal.core.scratch import scratch_folder
from portal.library.extraction.recognition import Recognition, recognise
from portal.library.extraction.tools import Tools
from portal.library.models import (
    Document,
    DocumentPage,
    DocumentVersion,
    PageWords,
    RecognitionState,
    VersionState,
)
from portal.library.pictures import drawable_file
from portal.library.services.local_file import local_path
from portal.library.services.norms import cite_norms_of_page
from portal.library.services.sketches import sketch_version

# A task reads pages for so long, then goes back to the end of the queue: others wait little.
BUDGET_SECONDS = 20
LEASE = timedelta(minutes=10)
BATCH = 50
DIGITS = 4


def queue_recognition(version: DocumentVersion) -> None:
    """Hand the scanned pages of a version to the worker when the transaction is over."""
    DocumentVersion.objects.filter(pk=version.pk).update(recognition_at=timezone.now())
    transaction.on_commit(
        lambda: async_task(
            "portal.library.tasks.recognise_version", version.pk, group="recognition"
        )
    )


def recognise_waiting(version: DocumentVersion, tools: Tools) -> int:
    """Read the waiting pages of a version for a while, and return how many were read.

    Nothing happens without tesseract: the pages wait until it is installed.
    """
    file = drawable_file(version)
    if not tools.tesseract or file is None:
        return 0
    started, count = time.monotonic(), 0
    waiting = version.pages.filter(recognition=RecognitionState.WAITING).order_by("number")
    with local_path(file) as path, scratch_folder("ocr") as scratch:
        while time.monotonic() - started < BUDGET_SECONDS and (page := waiting.first()):
            DocumentVersion.objects.filter(pk=version.pk).update(recognition_at=timezone.now())
            keep_recognition(page, recognise(path, page.number, tools, scratch))
            count += 1
    if count:
        # The search index hears of the new text through the outbox.
        Document.objects.get(pk=version.document_id).save(update_fields=["updated_at"])
    if waiting.exists():
        queue_recognition(version)
    return count


@transaction.atomic
def keep_recognition(page: DocumentPage, found: Recognition) -> None:
    """Write what a page says, unless somebody else already has."""
    text = "\n\n".join(filter(None, [page.text, found.text]))
    changed = DocumentPage.objects.filter(pk=page.pk, recognition=RecognitionState.WAITING).update(
        recognition=RecognitionState.FAILED if found.problem else RecognitionState.DONE,
        ocr=bool(found.text),
        text=text,
        rotation=found.rotation,
    )
    if not changed:
        return
    version = page.version
    if found.text:
        cite_norms_of_page(version, page.number, text)
    if not version.pages.filter(recognition=RecognitionState.WAITING).exists():
        # All that could be read was: now the text can be compared with others.
        sketch_version(version, version.pages.values_list("text", flat=True))
    if found.words:
        PageWords.objects.create(
            page=page,
            words=[
                [word.text, *(round(edge, DIGITS) for edge in word.box)] for word in found.words
            ],
        )


def waiting_versions() -> int:
    """Return how many current versions have scanned pages that nobody has read yet."""
    current = Document.objects.kept().values("current_version")
    return _waiting().filter(pk__in=current).count()


def resume_recognitions(tools: Tools) -> int:
    """Queue the versions whose pages wait and are in nobody's hands, and return how many."""
    if not tools.tesseract:
        return 0
    free = Q(recognition_at__isnull=True) | Q(recognition_at__lt=timezone.now() - LEASE)
    versions = list(_waiting().filter(free).order_by("pk")[:BATCH])
    for version in versions:
        queue_recognition(version)
    return len(versions)


@transaction.atomic
def retry_recognition(version: DocumentVersion) -> int:
    """Let the pages that could not be recognised be tried again, and return how many."""
    count = version.pages.filter(recognition=RecognitionState.FAILED).update(
        recognition=RecognitionState.WAITING
    )
    if count:
        queue_recognition(version)
    return count


def _waiting() -> models.QuerySet[DocumentVersion]:
    return DocumentVersion.objects.filter(
        state=VersionState.READY, pages__recognition=RecognitionState.WAITING
    ).distinct()
