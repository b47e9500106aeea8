"""Why a file could not be read, in the words of the person who uploaded it."""

from __future__ import annotations

from portal.library.extraction import ERROR_TEXTS
from portal.library.models import DocumentVersion, VersionState


def failure_text(version: DocumentVersion | None) -> str:
    """Return the reason of a failed reading, or an empty string."""
    if version is None or version.state != VersionState.FAILED:
        return ""
    return ERROR_TEXTS.get(version.failure_code, ERROR_TEXTS["crashed"])
