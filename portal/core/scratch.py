"""Scratch folders, and what is left of those whose process died."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "portal-scratch-"
# A folder is made, then locked: one so young may not be locked yet.
YOUNG_SECONDS = 10


@contextmanager
def scratch_folder(purpose: str) -> Iterator[Path]:
    """Make a folder, locked while its process lives, and delete it afterwards."""
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{purpose}-") as name:
        lock = os.open(name, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Path(name)
        finally:
            os.close(lock)


def sweep_scratch() -> int:
    """Delete the folders whose process died, and return how many."""
    count = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if time.time() - folder.stat().st_mtime < YOUNG_SECONDS:
                continue
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
        finally:
            os.close(lock)
    return count
