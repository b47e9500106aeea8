"""The reading of a version: what was found in its file, kept as rows."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from portal.library.extraction import ExtractionResult, Member, Signature, extract, sniff
from portal.library.models import (
    Document,
    DocumentPage,
    DocumentSignature,
    DocumentVersion,
    FileMember,
    RecognitionState,
    SignatureKind,
    VersionState,
)
from portal.library.services.local_file import local_path
from portal.library.services.norms import citations_of, keep_citations
from portal.library.services.recognition import queue_recognition
from portal.library.services.sketches import keep_sketch
from portal.library.similarity import sketch_of
from portal.library.toolbox import extraction_limits, office_tools

log = logging.getLogger(__name__)
BATCH = 500


def read_version(version: DocumentVersion, scratch: Path) -> ExtractionResult:
    """Return what is in the file of a version; what it is taken apart into goes to ``scratch``."""
    try:
        with local_path(version.file) as path:
            # By content again: what could not be read when it came may be readable now.
            return extract(
                path,
                sniff(path, version.filename).format,
                extraction_limits(),
                scratch,
                office_tools(),
                version.filename,
            )
    except FileNotFoundError:
        log.exception("The file of version %s is missing", version.pk)
        return ExtractionResult(error_code="damaged")


def keep(version: DocumentVersion, result: ExtractionResult, claim: QuerySet | None = None) -> bool:
    """Store what was read, or why nothing could be, in place of an earlier reading.

    ``claim`` finds the version while it is this process's to read: otherwise nothing is stored
    and the answer is False. What takes long is worked out before the transaction begins, since
    nobody else writes to SQLite while it lasts.
    """
    citations = citations_of(version, ((page.number, page.text) for page in result.pages))
    sketch = sketch_of(page.text for page in result.pages)
    with transaction.atomic():
        if claim is not None and not claim.select_for_update().exists():
            return False
        _write(version, result)
        keep_citations(version, citations)
        keep_sketch(version, sketch)
    return True


def _write(version: DocumentVersion, result: ExtractionResult) -> None:
    version.pages.all().delete()
    DocumentPage.objects.bulk_create(
        [
            DocumentPage(
                version=version,
                number=page.number,
                label=page.label[:120],
                text=page.text,
                structure=page.structure,
                recognition=RecognitionState.WAITING if page.scanned else RecognitionState.NONE,
            )
            for page in result.pages
        ],
        batch_size=BATCH,
    )
    _keep_signatures(version, result.signatures)
    _keep_members(version, result.members)
    _keep_files(version, result)
    version.state = VersionState.FAILED if result.error_code else VersionState.READY
    version.failure_code = result.error_code or ""
    version.page_count = len(result.pages)
    version.truncated = result.truncated
    version.extracted_at = timezone.now()
    version.is_signed = any(found.kind != SignatureKind.STAMP for found in result.signatures)
    version.recognition_at = None
    version.save(
        update_fields=[
            "state",
            "failure_code",
            "page_count",
            "truncated",
            "extracted_at",
            "is_signed",
            "recognition_at",
            "format",
            "inner_file",
            "inner_filename",
            "inner_sha256",
            "inner_size",
            "inner_mime",
            "drawn_file",
        ]
    )
    if any(page.scanned for page in result.pages):
        queue_recognition(version)
    # Saving the document tells the search index, through its outbox, that there is new text.
    Document.objects.get(pk=version.document_id).save(update_fields=["updated_at"])


def _keep_signatures(version: DocumentVersion, signatures: list[Signature]) -> None:
    version.signatures.all().delete()
    DocumentSignature.objects.bulk_create(
        DocumentSignature(
            version=version,
            position=position,
            kind=found.kind,
            level=found.level,
            name=found.name,
            organisation=found.organisation,
            serial=found.serial,
            issuer=found.issuer,
            signed_at=_moment(found.signed_at),
            valid_from=_moment(found.valid_from),
            valid_to=_moment(found.valid_to),
        )
        for position, found in enumerate(signatures, start=1)
    )


def _keep_members(version: DocumentVersion, members: list[Member]) -> None:
    """Add the rows that are missing: the file is always the same, what was kept stays kept."""
    known = set(version.members.values_list("position", flat=True))
    FileMember.objects.bulk_create(
        FileMember(version=version, position=found.position, name=_name(found), size=found.size)
        for found in members
        if found.position not in known
    )


def _keep_files(version: DocumentVersion, result: ExtractionResult) -> None:
    if result.inner is not None:
        inner = result.inner
        version.format = inner.format.value if inner.format else ""
        version.inner_mime = inner.mime
        version.inner_filename = inner.name[-255:]
        version.inner_size = inner.path.stat().st_size
        with inner.path.open("rb") as file:
            version.inner_sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            if not version.inner_file:
                version.inner_file.save(inner.name, File(file), save=False)
    if result.drawn is not None and not version.drawn_file:
        with result.drawn.open("rb") as file:
            version.drawn_file.save("pagine.pdf", File(file), save=False)


def _name(member: Member) -> str:
    name = "".join(letter if letter.isprintable() else " " for letter in member.name)
    return name.encode("utf-8", "replace").decode().strip()[-255:] or f"file {member.position}"


def _moment(text: str) -> datetime | None:
    """Return a moment of a certificate, which may lie outside what a database can hold."""
    try:
        moment = parse_datetime(text) if text else None
    except ValueError:
        return None
    if moment is None or not 1900 < moment.year < 9999:
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
