"""What the worker does for the library."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from portal.library.models import DocumentVersion, FileMember, MemberState, VersionState
from portal.library.services.members import keep_member, resume_members
from portal.library.services.readings import keep, read_version
from portal.library.services.recognition import recognise_waiting, resume_recognitions
from portal.library.services.versions import queue_extraction, retry_extraction
from portal.library.toolbox import current_tools

MAX_ATTEMPTS = 3
# The conversion of an old format comes before the reading of what it made.
STAGES = 3


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
    with tempfile.TemporaryDirectory(prefix="portal-extraction-") as scratch:
        keep(version, read_version(version, Path(scratch)))
    version.refresh_from_db(fields=["state"])
    return version.state


def resume_extractions() -> int:
    """Queue again what a worker that died left half-read, and return how many."""
    now = timezone.now()
    dead = now - timedelta(seconds=STAGES * settings.LIBRARY_EXTRACTION_SECONDS + 30)
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
