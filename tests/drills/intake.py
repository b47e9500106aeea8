"""What the hand does with the files of a drill: it brings them in as a person does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

CHUNK = 4 * 1024 * 1024


def bring_in(paths: list[str]) -> dict[str, dict[str, Any]]:
    """Receive files in chunks; return for each name its key, and the reason when it is refused."""
    from portal.library.services import incoming

    found = {}
    for path in map(Path, paths):
        try:
            item = incoming.announce(_person(), path.name, path.stat().st_size)
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    item = incoming.receive(item, item.received, chunk)
        except incoming.RefusedError as problem:
            found[path.name] = {"pk": 0, "reason": str(problem)}
            continue
        found[path.name] = {"pk": item.pk, "reason": item.error}
    return found


def being_read() -> int:
    """Return how many files wait for their proposals or for their reading."""
    from portal.library.models import DocumentVersion, IncomingFile, IncomingState, VersionState

    reading = DocumentVersion.objects.filter(
        state__in=(VersionState.QUEUED, VersionState.EXTRACTING)
    )
    return IncomingFile.objects.filter(state=IncomingState.READING).count() + reading.count()


def confirm(pks: list[int]) -> dict[str, int]:
    """Publish the files that wait, for everybody; return the key of each document by its name."""
    from portal.core import access
    from portal.library.models import IncomingFile
    from portal.library.services import incoming

    made = {}
    for item in IncomingFile.objects.filter(pk__in=pks):
        data = {
            "title": item.filename,
            "kind": "",
            "year": None,
            "organisation": None,
            "protocol_number": "",
            "protocol_date": None,
            "description": "",
            "networks": [],
            "licence": "",
            "audience": access.PUBLIC,
        }
        document = incoming.publish(item.user, item, data)
        if document is not None:
            made[item.filename] = document.pk
    return made


def outcomes(pks: list[int], secret: str) -> dict[str, dict[str, Any]]:
    """Return how the reading of documents ended, and what the database holds of them."""
    from django.db.models import Max, Sum
    from django.db.models.functions import Length

    from portal.library.failures import failure_text
    from portal.library.models import Document

    found = {}
    for document in Document.objects.filter(pk__in=pks).select_related("current_version"):
        version = document.current_version
        assert version is not None
        sizes = version.pages.aggregate(longest=Max(Length("text")), all=Sum(Length("text")))
        found[version.filename] = {
            "state": version.state,
            "code": version.failure_code,
            "reason": failure_text(version),
            "format": version.format,
            "pages": version.pages.count(),
            "longest": sizes["longest"] or 0,
            "characters": sizes["all"] or 0,
            "members": version.members.count(),
            "attempts": version.attempts,
            "secret": version.pages.filter(text__contains=secret).exists(),
        }
    return found


def peak() -> int:
    """Return the highest memory of the process that receives the files, in bytes."""
    words = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()
    return int(words[0]) * 1024


def _person() -> Any:
    from portal.accounts.models import User

    return User.objects.get(email="direzione@example.org")
