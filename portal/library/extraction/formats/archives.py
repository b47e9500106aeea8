"""The check of zipped formats before a library opens them."""

from __future__ import annotations

import zipfile

from portal.library.extraction.model import Limits, UnreadableError

MAX_ENTRIES = 20_000
FLOOR = 20 * 1024 * 1024


def check_archive(path: str, limits: Limits) -> None:
    """Refuse an archive that unpacks to too much, by counting what really comes out of it."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise UnreadableError("too_large_unpacked")
            packed = sum(entry.compress_size for entry in entries)
            allowed = min(limits.max_unpacked_size, max(packed * limits.max_unpacked_ratio, FLOOR))
            if sum(entry.file_size for entry in entries) > allowed:
                raise UnreadableError("too_large_unpacked")
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadableError("encrypted")
            unpacked = 0
            for entry in entries:
                with archive.open(entry) as file:
                    while chunk := file.read(1 << 20):
                        unpacked += len(chunk)
                        if unpacked > allowed:
                            raise UnreadableError("too_large_unpacked")
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as problem:
        raise UnreadableError("damaged") from problem
