"""Many files at once: received in chunks, read, confirmed, published, or cleaned away."""

from __future__ import annotations

import fcntl
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from io import SEEK_END
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django_q.tasks import async_task

from portal.accounts.models import User
from portal.core.scratch import scratch_folder
from portal.library.audiences import audience_choices, resolve_audience
from portal.library.extraction import FileFormat, extract, sniff
from portal.library.licences import usual_licence
from portal.library.models import Document, DocumentKind, IncomingFile, IncomingState
from portal.library.proposing import propose, title_of_name
from portal.library.selectors import existing_document
from portal.library.services.versions import sha256_of
from portal.library.toolbox import extraction_limits, office_tools
from portal.organisations.models import Organisation

log = logging.getLogger(__name__)
MAX_FILES = 50
MAX_WAITING = 20
KEEP_DAYS = 7
# What the reading for the proposals may cost: far less than the reading after publication.
PROPOSAL_SECONDS = 20
PENDING = (IncomingState.RECEIVING, IncomingState.READING, IncomingState.READY)
CONFIRMABLE = (IncomingState.READING, IncomingState.READY)


class RefusedError(Exception):
    """A file or a chunk that is not taken, with the reason in Italian."""


class OffsetError(Exception):
    """A chunk that does not begin where the file ends; ``received`` is where it does."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


def announce(user: User, filename: str, size: int, modified: int = 0) -> IncomingFile:
    """Make room for a file, or return the same one whose arrival was interrupted.

    Raises PermissionDenied to who may not upload, RefusedError with the reason.
    """
    if not audience_choices(user):
        raise PermissionDenied
    name = PurePosixPath(filename.replace("\\", "/")).name.replace("\x00", "")[-255:] or "file"
    waiting = IncomingFile.objects.filter(user=user, state__in=PENDING)
    known = waiting.filter(
        filename=name, size=size, modified=modified, state=IncomingState.RECEIVING
    ).first()
    if known:
        return known
    if size < 1:
        raise RefusedError("Il file è vuoto: controlli di aver scelto quello giusto.")
    if size > settings.LIBRARY_MAX_FILE_SIZE:
        raise RefusedError(
            f"Il file pesa {filesizeformat(size)}: il massimo è "
            f"{filesizeformat(settings.LIBRARY_MAX_FILE_SIZE)}."
        )
    if waiting.count() >= MAX_FILES:
        raise RefusedError(f"Si caricano al massimo {MAX_FILES} file alla volta.")
    total = waiting.aggregate(total=Sum("size"))["total"] or 0
    if total + size > MAX_WAITING * settings.LIBRARY_MAX_FILE_SIZE:
        raise RefusedError("I file da confermare sono troppi: ne pubblichi prima alcuni.")
    return IncomingFile.objects.create(user=user, filename=name, size=size, modified=modified)


def receive(item: IncomingFile, offset: int, data: bytes, sha256: str = "") -> IncomingFile:
    """Write a chunk where the file ends; the last one completes it.

    ``sha256`` is the chunk's, in hexadecimal, when the browser could compute it. Raises
    OffsetError when the chunk belongs elsewhere, RefusedError when it is damaged or too long.
    """
    if sha256 and hashlib.sha256(data).hexdigest() != sha256.lower():
        raise RefusedError("Una parte del file è arrivata danneggiata: viene mandata di nuovo.")
    with _part(item) as file:
        item.refresh_from_db()
        # What a full or restored disk lost is sent again.
        item.received = min(item.received, file.seek(0, SEEK_END))
        if item.state != IncomingState.RECEIVING or offset != item.received:
            raise OffsetError(item.received)
        if offset + len(data) > item.size:
            raise RefusedError("Il file è cambiato durante il caricamento: lo scelga di nuovo.")
        file.seek(offset)
        file.write(data)
        file.truncate()
        item.received = offset + len(data)
        item.touched_at = timezone.now()
        item.save(update_fields=["received", "touched_at"])
    if item.received == item.size:
        _complete(item)
    return item


def start_again(item: IncomingFile) -> None:
    """Forget what arrived of a file, because the one now chosen is another."""
    with _part(item) as file:
        file.truncate(0)
        IncomingFile.objects.filter(pk=item.pk, state=IncomingState.RECEIVING).update(received=0)


def sha256_received(item: IncomingFile) -> str:
    """Return the SHA-256 of what arrived so far, for the browser to compare with its file."""
    digest = hashlib.sha256()
    left = item.received
    if left:
        with _part(item) as file:
            while left and (data := file.read(min(left, 1024 * 1024))):
                digest.update(data)
                left -= len(data)
    return digest.hexdigest()


def receive_whole(user: User, upload: UploadedFile) -> IncomingFile:
    """Take a file that a plain form sent in one piece. Raises as ``announce``."""
    item = announce(user, upload.name or "", upload.size or 0)
    start_again(item)
    item.refresh_from_db()
    for chunk in upload.chunks():
        item = receive(item, item.received, chunk)
    return item


@contextmanager
def _part(item: IncomingFile) -> Iterator[IO[bytes]]:
    """Open the file that is arriving, one writer at a time."""
    item.path.parent.mkdir(parents=True, exist_ok=True)
    item.path.touch()
    with item.path.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


@transaction.atomic
def _complete(item: IncomingFile) -> None:
    """Look at a file that has arrived: refuse it with a reason, or have its first pages read."""
    found = sniff(item.path, item.filename)
    with item.path.open("rb") as file:
        item.sha256 = sha256_of(file)
    twin = IncomingFile.objects.filter(
        user=item.user, sha256=item.sha256, state__in=CONFIRMABLE
    ).exclude(pk=item.pk)
    item.existing = existing_document(item.user, item.sha256)
    if found.format is None:
        item.error = found.reason
    elif item.existing:
        item.error = "Questo file è già in biblioteca."
    elif twin.exists():
        item.error = "Lo stesso file è già tra quelli da confermare."
    if item.error or found.format is None:
        item.state = IncomingState.REFUSED
        transaction.on_commit(lambda: item.path.unlink(missing_ok=True))
    else:
        item.state = IncomingState.READING
        item.format = found.format.value
        item.proposal = {"title": title_of_name(item.filename)}
        transaction.on_commit(
            lambda: async_task(
                "portal.library.services.incoming.read_item", item.pk, group="extraction"
            )
        )
    item.save()


def read_item(pk: int) -> str:
    """Read a file that waits, propose its metadata, and return the state it ended in."""
    item = IncomingFile.objects.filter(pk=pk, state=IncomingState.READING).first()
    if item is None:
        return "not waiting"
    provinces = list(Organisation.objects.provinces().values_list("name", "sigla"))
    pages: list[str] = []
    inner: FileFormat | None = None
    try:
        with scratch_folder("proposal") as scratch:
            limits = extraction_limits()
            seconds = min(PROPOSAL_SECONDS, limits.seconds)
            result = extract(
                item.path,
                FileFormat(item.format),
                replace(limits, seconds=seconds),
                scratch,
                replace(office_tools(), conversion_seconds=seconds),
                item.filename,
            )
            inner = result.inner.format if result.inner else None
        pages = [page.text for page in result.pages]
    except OSError:
        log.exception("The incoming file %s cannot be opened", pk)
    kind = inner.value if inner else item.format
    proposal = propose(item.filename, kind, pages, provinces)
    IncomingFile.objects.filter(pk=pk, state=IncomingState.READING).update(
        state=IncomingState.READY, proposal=proposal.as_json()
    )
    return IncomingState.READY


@transaction.atomic
def publish(actor: User, item: IncomingFile, data: dict[str, Any]) -> Document | None:
    """Make a document of a confirmed file; None when it was made already.

    ``data`` has title, kind, year, organisation, protocol_number, protocol_date, description,
    networks, audience and licence. Raises PermissionDenied for the file of another person.
    """
    if item.user_id != actor.pk:
        raise PermissionDenied
    audience, proposed = resolve_audience(actor, data["audience"])
    claimed = IncomingFile.objects.filter(pk=item.pk, state__in=CONFIRMABLE).update(
        state=IncomingState.PUBLISHED
    )
    if not claimed:
        return None
    document = Document(
        title=data["title"],
        description=data["description"],
        kind=data["kind"] or DocumentKind.ALTRO,
        year=data["year"],
        organisation=data["organisation"],
        protocol_number=data["protocol_number"],
        protocol_date=data["protocol_date"],
        audience=audience,
        proposed_audience=proposed,
        licence=data["licence"] or usual_licence(audience, proposed),
        uploaded_by_user=actor,
    )
    if document.organisation is None and audience.startswith("organisation:"):
        document.organisation_id = int(audience.partition(":")[2])
    with item.path.open("rb") as file:
        document.file.save(item.filename, File(file), save=False)
    document._set_document_file_metadata()
    document.save()
    # The storage may have given the file another name than the person's.
    document.versions.update(filename=item.filename)
    document.networks.set(data["networks"])
    # The many-to-many rows came after the save: tell the index again.
    document.save(update_fields=["updated_at"])
    IncomingFile.objects.filter(pk=item.pk).update(document=document)
    transaction.on_commit(lambda: item.path.unlink(missing_ok=True))
    return document


@transaction.atomic
def discard(actor: User, item: IncomingFile) -> None:
    """Forget a file that was not published. Raises PermissionDenied for another's."""
    if item.user_id != actor.pk:
        raise PermissionDenied
    path = item.path
    IncomingFile.objects.filter(pk=item.pk).delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def clean_incoming() -> int:
    """Delete the files nobody touched for a week, and what is left of the published ones."""
    before = timezone.now() - timedelta(days=KEEP_DAYS)
    abandoned = list(IncomingFile.objects.filter(touched_at__lt=before))
    IncomingFile.objects.filter(pk__in=[item.pk for item in abandoned]).delete()
    for item in abandoned:
        item.path.unlink(missing_ok=True)
    # The folder before the rows: what begins to arrive meanwhile has a row.
    there = set((Path(settings.DATA_DIR) / "uploads").glob("*.part"))
    for path in there - {item.path for item in IncomingFile.objects.only("pk")}:
        path.unlink(missing_ok=True)
    return len(abandoned)
