"""Files inside a mail or an archive that become documents, when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_q.tasks import async_task

from portal.core.scratch import scratch_folder
from portal.library.extraction import ERROR_TEXTS, sniff
from portal.library.extraction.taking import take
from portal.library.models import Document, FileMember, MemberState
from portal.library.proposing import title_of_name
from portal.library.services.local_file import local_path
from portal.library.toolbox import extraction_limits

if TYPE_CHECKING:
    from portal.accounts.models import User

# An archive in a mail in an archive: deeper than that nobody looks for documents.
MAX_DEPTH = 3
LEASE = timedelta(minutes=10)
TOO_DEEP = "Troppi archivi uno dentro l'altro: carichi questo file da solo."
GONE = "Chi lo ha chiesto non può più cambiare il documento."


@transaction.atomic
def ask_members(actor: User, document: Document, positions: Iterable[int]) -> int:
    """Have some files of a document kept as documents of their own; return how many were asked.

    Raises PermissionDenied when the actor may not change the document.
    """
    if document.trashed_at is not None or not document.may_be_changed_by(actor):
        raise PermissionDenied
    deleted = Q(state=MemberState.KEPT, document=None)
    changed = FileMember.objects.filter(
        Q(state__in=(MemberState.OFFERED, MemberState.REFUSED)) | deleted,
        version=document.current_version,
        position__in=list(positions),
    ).update(state=MemberState.ASKED, reason="", asked_by=actor, asked_at=timezone.now())
    if changed and document.current_version:
        _queue(document.current_version.pk)
    return changed


def _queue(version: int) -> None:
    transaction.on_commit(
        lambda: async_task("portal.library.tasks.keep_members", version, group="extraction")
    )


def resume_members() -> int:
    """Queue what was asked and is not there yet because a worker died; return how many files."""
    late = FileMember.objects.filter(state=MemberState.ASKED, asked_at__lt=timezone.now() - LEASE)
    versions = list(late.values_list("version", flat=True).distinct())
    late.update(asked_at=timezone.now())
    for version in versions:
        _queue(version)
    return len(versions)


def keep_member(member: FileMember) -> Document | None:
    """Make a document of a file that was asked for, with the metadata of the one it is in.

    Returns None when it cannot be one: the reason is written beside it.
    """
    parent = member.version.document
    if (
        member.asked_by is None
        or parent.trashed_at is not None
        or not parent.may_be_changed_by(member.asked_by)
    ):
        _refuse(member, GONE)
        return None
    if _depth(parent) >= MAX_DEPTH:
        _refuse(member, TOO_DEEP)
        return None
    with (
        scratch_folder("member") as scratch,
        local_path(member.version.readable_file) as path,
    ):
        target = scratch / "member"
        problem = take(
            path,
            member.version.format,
            member.position,
            target,
            extraction_limits(),
            settings.LIBRARY_MAX_FILE_SIZE,
        )
        if problem:
            _refuse(member, ERROR_TEXTS.get(problem, ERROR_TEXTS["damaged"]))
            return None
        # The name is what a person reads; on disk the storage chooses its own.
        name = PurePosixPath(member.name.replace("\\", "/")).name or f"file-{member.position}"
        found = sniff(target, name)
        if found.format is None:
            _refuse(member, found.reason)
            return None
        return _keep(member, parent, target, name)


@transaction.atomic
def _keep(member: FileMember, parent: Document, path: Path, name: str) -> Document | None:
    # The conditional change makes a task delivered twice keep the file once.
    asked = FileMember.objects.filter(pk=member.pk, state=MemberState.ASKED)
    if not asked.update(state=MemberState.KEPT):
        return None
    child = Document(
        title=title_of_name(name),
        description=f"Dal documento «{parent.title}».",
        kind=parent.kind,
        organisation=parent.organisation,
        year=parent.year,
        language=parent.language,
        protocol_number=parent.protocol_number,
        protocol_date=parent.protocol_date,
        licence=parent.licence,
        audience=parent.audience,
        proposed_audience=parent.proposed_audience,
        uploaded_by_user=member.asked_by,
        source=parent,
    )
    with path.open("rb") as file:
        child.file.save(name, File(file), save=False)
        child._set_document_file_metadata()
        child.save()
    # The storage may have given the file another name than the archive's.
    child.versions.update(filename=name[-255:])
    child.networks.set(parent.networks.all())
    child.tags.set([tag.name for tag in parent.tags.all()])
    # The many-to-many rows came after the save: tell the index again.
    child.save(update_fields=["updated_at"])
    FileMember.objects.filter(pk=member.pk).update(document=child)
    return child


def _refuse(member: FileMember, reason: str) -> None:
    FileMember.objects.filter(pk=member.pk, state=MemberState.ASKED).update(
        state=MemberState.REFUSED, reason=reason[:300]
    )


def _depth(document: Document) -> int:
    depth, above = 0, document.source
    while above is not None and depth < MAX_DEPTH:
        depth, above = depth + 1, above.source
    return depth
