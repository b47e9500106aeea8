"""Raccolte: made, filled and ordered by who may; downloaded as one ZIP by who may read."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.text import slugify
from django_q.tasks import async_task

from portal.accounts.models import User
from portal.library.kit_selectors import documents_of_kit
from portal.library.models import (
    ArchiveState,
    Document,
    DocumentKit,
    DocumentVersion,
    KitArchive,
    KitEntry,
)
from portal.library.services.local_file import local_path

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    Reader = AbstractBaseUser | AnonymousUser

log = logging.getLogger(__name__)
MAX_ENTRIES = 100
MAX_ARCHIVE = 1024 * 1024 * 1024
KEEP_HOURS = 24
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')
CHANGED = "La raccolta è cambiata mentre il file si preparava: lo chieda di nuovo."


class KitFullError(Exception):
    """A kit that can take no more documents."""


def _check(actor: User, kit: DocumentKit) -> None:
    if not kit.may_be_changed_by(actor):
        raise PermissionDenied


def free_slug(title: str) -> str:
    """Return an address for a title that no kit has."""
    base = slugify(title)[:70].strip("-") or "raccolta"
    taken = set(DocumentKit.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 2, base if base not in RESERVED else f"{base}-1"
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


# What stands at the same place in an address.
RESERVED = {"nuova"}


@transaction.atomic
def add_document(actor: User, kit: DocumentKit, document: Document) -> bool:
    """Put a document at the end of a kit; tell whether it was not there. Raises PermissionDenied.

    The actor must be able to read the document. Raises KitFullError beyond 100 documents.
    """
    _check(actor, kit)
    if not Document.objects.visible_to(actor).filter(pk=document.pk).exists():
        raise PermissionDenied
    DocumentKit.objects.select_for_update().get(pk=kit.pk)
    if kit.entries.filter(document=document).exists():
        return False
    if kit.entries.count() >= MAX_ENTRIES:
        raise KitFullError
    last = kit.entries.aggregate(last=Max("position"))["last"] or 0
    KitEntry.objects.create(kit=kit, document=document, position=last + 1)
    kit.save(update_fields=["updated_at"])
    return True


@transaction.atomic
def remove_document(actor: User, kit: DocumentKit, document_id: int) -> None:
    """Take a document out of a kit. Raises PermissionDenied."""
    _check(actor, kit)
    kit.entries.filter(document=document_id).delete()
    kit.save(update_fields=["updated_at"])


@transaction.atomic
def move_document(actor: User, kit: DocumentKit, document_id: int, up: bool) -> bool:
    """Move a document one place among those the actor sees; tell whether it moved.

    Raises PermissionDenied.
    """
    _check(actor, kit)
    DocumentKit.objects.select_for_update().get(pk=kit.pk)
    entries = list(kit.entries.all())
    seen = set(documents_of_kit(actor, kit).values_list("pk", flat=True))
    order = [place for place, entry in enumerate(entries) if entry.document_id in seen]
    places = [place for place in order if entries[place].document_id == document_id]
    if not places:
        return False
    at = order.index(places[0])
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return False
    entry = entries.pop(order[at])
    entries.insert(order[to], entry)
    for position, other in enumerate(entries, start=1):
        other.position = position
    KitEntry.objects.bulk_update(entries, ["position"])
    kit.save(update_fields=["updated_at"])
    return True


def versions_for(reader: Reader, kit: DocumentKit) -> list[tuple[Document, DocumentVersion]]:
    """Return the documents of a kit that a reader may see now, with their files, in order."""
    found = documents_of_kit(reader, kit).select_related("current_version")
    return [(row, row.current_version) for row in found if row.current_version is not None]


def fingerprint_of(contents: list[tuple[Document, DocumentVersion]]) -> str:
    """Return what names the exact contents of an archive: its files, titles and their order."""
    lines = [f"{version.pk} {version.sha256} {document.title}" for document, version in contents]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def request_archive(reader: Reader, kit: DocumentKit) -> KitArchive | None:
    """Return the ZIP of what a reader may see of a kit, queued when nobody asked for it before.

    None when there is nothing that she may see.
    """
    contents = versions_for(reader, kit)
    if not contents:
        return None
    fingerprint = fingerprint_of(contents)
    alive = KitArchive.objects.filter(
        kit=kit, fingerprint=fingerprint, created_at__gt=expiry()
    ).exclude(state=ArchiveState.FAILED)
    known = alive.first()
    if known:
        return known
    clean_archives(kit)
    try:
        with transaction.atomic():
            archive = KitArchive.objects.create(
                kit=kit,
                fingerprint=fingerprint,
                requested_by=reader if isinstance(reader, User) else None,
                total=len(contents),
            )
            transaction.on_commit(
                lambda: async_task(
                    "portal.library.services.kits.build_archive", archive.pk, group="archives"
                )
            )
    except IntegrityError:
        return alive.first()
    return archive


def may_take(reader: Reader, archive: KitArchive) -> bool:
    """Tell whether a reader may see, now, exactly what an archive holds."""
    return archive.fingerprint == fingerprint_of(versions_for(reader, archive.kit))


def archive_path(archive: KitArchive) -> Path:
    """Return where the ZIP is kept for a day."""
    return Path(settings.DATA_DIR) / "archives" / f"{archive.key}.zip"


def build_archive(pk: int) -> str:
    """Write the ZIP of a queued archive, if who asked for it may still see all of it."""
    claimed = KitArchive.objects.filter(
        pk=pk, state__in=[ArchiveState.QUEUED, ArchiveState.BUILDING]
    ).update(state=ArchiveState.BUILDING, done=0)
    if not claimed:
        return "not queued"
    archive = KitArchive.objects.select_related("kit", "requested_by").get(pk=pk)
    contents = versions_for(archive.requested_by or AnonymousUser(), archive.kit)
    weight = sum(version.size for _, version in contents)
    if fingerprint_of(contents) != archive.fingerprint:
        return _fail(archive, CHANGED)
    if weight > MAX_ARCHIVE:
        return _fail(
            archive,
            f"I documenti pesano {filesizeformat(weight)} in tutto: li scarichi uno per uno.",
        )
    target = archive_path(archive)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as file:
            for number, (document, version) in enumerate(contents, start=1):
                with local_path(version.file) as path:
                    file.write(path, name_in_archive(number, document, version, len(contents)))
                KitArchive.objects.filter(pk=pk).update(done=number)
        unfinished.replace(target)
    except OSError:
        log.exception("The archive %s cannot be written", pk)
        unfinished.unlink(missing_ok=True)
        return _fail(archive, "Il file non è riuscito: si può chiedere di nuovo.")
    KitArchive.objects.filter(pk=pk).update(state=ArchiveState.READY, size=target.stat().st_size)
    return ArchiveState.READY


def name_in_archive(number: int, document: Document, version: DocumentVersion, total: int) -> str:
    """Return the name of a document in its ZIP: ``01 - titolo.pdf``."""
    digits = max(2, len(str(total)))
    title = " ".join(UNSAFE.sub(" ", document.title).split())[:100].rstrip(" .") or "documento"
    suffixes = "".join(Path(version.filename).suffixes[-2:])
    is_plain = re.fullmatch(r"(\.pdf|\.docx?|\.odt|\.xml)?\.[A-Za-z0-9]{1,5}", suffixes)
    ending = suffixes if is_plain else Path(version.filename).suffix
    if not re.fullmatch(r"(\.[A-Za-z0-9]{1,5}){1,2}", ending):
        ending = f".{version.format}" if version.format else ""
    return f"{number:0{digits}} - {title}{ending.lower()}"


def _fail(archive: KitArchive, reason: str) -> str:
    KitArchive.objects.filter(pk=archive.pk).update(state=ArchiveState.FAILED, error=reason)
    return ArchiveState.FAILED


def expiry() -> dt.datetime:
    """Return the moment before which archives are too old."""
    return timezone.now() - dt.timedelta(hours=KEEP_HOURS)


def clean_archives(kit: DocumentKit | None = None) -> int:
    """Delete the archives older than a day with their files, of one kit or of all; count them."""
    old = KitArchive.objects.filter(created_at__lte=expiry())
    gone = list(old.filter(kit=kit) if kit else old)
    KitArchive.objects.filter(pk__in=[archive.pk for archive in gone]).delete()
    for archive in gone:
        archive_path(archive).unlink(missing_ok=True)
    if kit is None:
        # The folder before the rows: what begins to be written meanwhile has a row.
        there = list((Path(settings.DATA_DIR) / "archives").glob("*"))
        known = {str(archive.key) for archive in KitArchive.objects.only("key")}
        for path in there:
            if path.stem not in known:
                path.unlink(missing_ok=True)
    return len(gone)
