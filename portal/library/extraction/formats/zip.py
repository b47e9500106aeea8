"""ZIP: the names of what is inside as text, and the files one at a time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from portal.library.extraction.formats.archives import check_archive
from portal.library.extraction.formats.mail import MAX_MEMBERS
from portal.library.extraction.formats.sections import sections
from portal.library.extraction.model import Limits, Member, PageText, UnreadableError

CHUNK = 1 << 20
# What macOS adds to every archive is nobody's document.
IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def pages(path: str, limits: Limits) -> Iterator[PageText | Member]:
    """Yield the list of the files, then each of them."""
    check_archive(path, limits)
    entries = _files(path)
    if len(entries) > MAX_MEMBERS:
        raise UnreadableError("too_many_members")
    if not entries:
        raise UnreadableError("empty")
    yield from sections(entry.filename for entry in entries)
    for position, entry in enumerate(entries, start=1):
        yield Member(position, entry.filename, entry.file_size)


def take(path: str, position: int, limits: Limits) -> Iterator[bytes]:
    """Yield in pieces the file at a position, from 1; its name is never used as a path."""
    check_archive(path, limits)
    entries = _files(path)
    if not 1 <= position <= len(entries):
        raise UnreadableError("damaged")
    with zipfile.ZipFile(path) as archive, archive.open(entries[position - 1]) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _files(path: str) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(path) as archive:
        return [
            entry
            for entry in archive.infolist()
            if not entry.is_dir()
            and not entry.filename.startswith(IGNORED[0])
            and not entry.filename.endswith(IGNORED[1:])
        ]
