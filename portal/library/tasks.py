"""What the worker does for the library."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_q.models import OrmQ

from portal.core.heartbeat import LEASE, beating
from portal.core.scratch import scratch_folder, sweep_scratch
from portal.library.models import DocumentVersion, FileMember, MemberState, VersionState
from portal.library.services.members import keep_member, resume_members
from portal.library.services.readings import keep, read_version
from portal.library.services.recognition import recognise_waiting, resume_recognitions
from portal.library.services.versions import queue_extraction, retry_extraction
from portal.library.toolbox import current_tools

# A file can hardly kill its reader, whose child is jailed: deaths are mostly the machine's.
MAX_ATTEMPTS = 8
# A file that nobody reads after so long was in the hands of a worker that died.
FORGOTTEN = timedelta(minutes=1)


def extract_version(pk: int) -> str:
    """Read the text of one version and return the state it ended in.

    The claim is a conditional UPDATE, so a task delivered twice reads once. Its moment is renewed
    while the reading lasts: a version whose worker died is claimed again by
    ``resume_extractions``, eight times at the most.
    """
    claimed = DocumentVersion.objects.filter(pk=pk, state=VersionState.QUEUED).update(
        state=VersionState.EXTRACTING, started_at=timezone.now(), attempts=F("attempts") + 1
    )
    if not claimed:
        return "not queued"
    version = DocumentVersion.objects.select_related("document").get(pk=pk)
    mine = DocumentVersion.objects.filter(
        pk=pk, state=VersionState.EXTRACTING, attempts=version.attempts
    )
    with (
        scratch_folder("extraction") as scratch,
        beating(lambda: mine.update(started_at=timezone.now())),
    ):
        kept = keep(version, read_version(version, scratch), mine)
    if not kept:
        # This process was taken for dead, and somebody else has it.
        return "taken over"
    version.refresh_from_db(fields=["state"])
    return version.state


def resume_extractions() -> int:
    """Queue again what a worker that died left half-read or unread, and return how many."""
    sweep_scratch()
    now = timezone.now()
    stuck = DocumentVersion.objects.filter(
        state=VersionState.EXTRACTING, started_at__lt=now - LEASE
    )
    stuck.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=VersionState.FAILED, failure_code="crashed"
    )
    count = 0
    for version in list(stuck):
        count += _release(version)
    if OrmQ.objects.filter(lock__lte=now).exists():
        # Tasks are waiting, those of the files that nobody has begun among them.
        return count
    forgotten = now - FORGOTTEN
    unread = DocumentVersion.objects.filter(
        Q(started_at__isnull=True, created_at__lt=forgotten) | Q(started_at__lt=forgotten),
        state=VersionState.QUEUED,
    )
    for version in unread:
        queue_extraction(version)
        count += 1
    return count


@transaction.atomic
def _release(version: DocumentVersion) -> int:
    """Queue a version whose reader is dead, unless it gave a sign of life meanwhile."""
    released = DocumentVersion.objects.filter(
        pk=version.pk, state=VersionState.EXTRACTING, started_at=version.started_at
    ).update(state=VersionState.QUEUED)
    if released:
        queue_extraction(version)
    return released


def recognise_version(pk: int) -> int:
    """Read the scanned pages of a version for a while, and return how many."""
    version = DocumentVersion.objects.filter(pk=pk, state=VersionState.READY).first()
    return recognise_waiting(version, current_tools()) if version else 0


def keep_members(version: int) -> int:
    """Make documents of the files that were asked for, and return how many."""
    asked = FileMember.objects.filter(version=version, state=MemberState.ASKED)
    members = asked.select_related("version__document", "asked_by").order_by("position")
    return sum(keep_member(member) is not None for member in members)


def look_for_tools() -> int:
    """Take up what waited for a program that is there now, or for a worker that died."""
    tools = current_tools()
    count = resume_recognitions(tools) + resume_members()
    if tools.office:
        waiting = DocumentVersion.objects.filter(
            state=VersionState.FAILED, failure_code="no_converter"
        )
        for version in waiting:
            count += retry_extraction(version)
    return count
