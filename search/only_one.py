"""Work that only one process of a machine does at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from search.engines.base import EngineBusyError, EngineError


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Hold the right to do something; raises EngineBusyError at once when another has it.

    A process that dies lets it go.
    """
    try:
        file = (settings.DATA_DIR / f"{name}.lock").open("w")
    except OSError as problem:
        raise EngineError(f"The data folder cannot be written: {problem}") from problem
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise EngineBusyError(f"Another process does this: {name}.") from problem
        yield
