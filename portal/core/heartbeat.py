"""Signs of life of a long piece of work, so that others can tell it from one whose worker died."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection

log = logging.getLogger(__name__)
BEAT_SECONDS = 5.0
# Who gave no sign for so long is dead: several beats, of which one may have waited long.
LEASE = timedelta(seconds=25)


@contextmanager
def beating(beat: Callable[[], object], seconds: float = BEAT_SECONDS) -> Iterator[None]:
    """Call ``beat`` every so many seconds from a thread of its own, until the work is done."""
    done = threading.Event()

    def keep_beating() -> None:
        try:
            while not done.wait(seconds):
                try:
                    beat()
                except DatabaseError:
                    log.warning("A sign of life could not be written.", exc_info=True)
        finally:
            connection.close()

    thread = threading.Thread(target=keep_beating, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
