"""The files of a document: the rows that describe them, which one is current, who reads them."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_q.tasks import async_task

from portal.accounts.models import User
from portal.library.extraction import sniff
from portal.library.models import Document, DocumentVersion, VersionState
from portal.library.services.local_file import local_path

CHUNK = 1024 * 1024


def sha256_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of an open file, read from its beginning in chunks."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


@transaction.atomic
def add_version(
    document: Document, note: str = "", uploader: User | None = None, filename: str = ""
) -> DocumentVersion:
    """Make the document's file its current version and queue its reading.

    ``filename`` is the name the person gave, where the storage had to give it another.
    """
    filename = filename or PurePosixPath(document.filename).name
    with local_path(document.file) as path:
        found = sniff(path, filename)
        with path.open("rb") as file:
            digest = sha256_of(file)
        size = path.stat().st_size
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    version = DocumentVersion.objects.create(
        document=document,
        number=last + 1,
        file=document.file.name,
        filename=filename[-255:],
        sha256=digest,
        size=size,
        mime=found.mime,
        format=found.format.value if found.format else "",
        uploaded_by=uploader or document.uploaded_by_user,
        note=note,
    )
    Document.objects.filter(pk=document.pk).update(current_version=version)
    document.current_version = version
    queue_extraction(version)
    return version


@transaction.atomic
def upload_version(actor: User, document: Document, upload: File, note: str) -> DocumentVersion:
    """Keep a new file as the current version of a document. Raises PermissionDenied."""
    if not document.may_be_changed_by(actor):
        raise PermissionDenied
    # Two new versions at once take their numbers one after the other.
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    name = PurePosixPath(str(upload.name).replace("\\", "/")).name
    document.file.save(name, upload, save=False)
    document._set_document_file_metadata()
    version = add_version(document, note, actor, name)
    document.save()
    return version


@transaction.atomic
def restore_version(actor: User, document: Document, version: DocumentVersion) -> None:
    """Make an older version the current one again. Raises PermissionDenied.

    "Current" is a pointer: no file and no text is copied, numbers and addresses of the versions
    stay what they were, and the text is found again at once because it was read already.
    """
    if not document.may_be_changed_by(actor) or version.document_id != document.pk:
        raise PermissionDenied
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.current_version_id == version.pk:
        return
    DocumentVersion.objects.filter(pk=version.pk).update(
        restored_at=timezone.now(), restored_by=actor
    )
    document.file.name = version.file.name
    document.current_version = version
    document._set_document_file_metadata()
    document.save()


def queue_extraction(version: DocumentVersion) -> None:
    """Hand a queued version to the worker when the transaction is over."""
    transaction.on_commit(
        lambda: async_task("portal.library.tasks.extract_version", version.pk, group="extraction")
    )


@transaction.atomic
def retry_extraction(version: DocumentVersion) -> bool:
    """Queue a failed version again; tell whether it was failed."""
    changed = DocumentVersion.objects.filter(pk=version.pk, state=VersionState.FAILED).update(
        state=VersionState.QUEUED, failure_code="", attempts=0
    )
    if changed:
        queue_extraction(version)
    return bool(changed)
