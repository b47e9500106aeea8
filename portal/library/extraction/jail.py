"""The walls around a child process that opens somebody's file.

Kernel: death with the parent; limits on memory, CPU time, file size and open files; no core
dumps; a network namespace of its own with no interface, where the kernel lets us make one; a
filter that refuses sockets; no writing outside the named folders, where there is Landlock.
Interpreter: an audit hook that refuses sockets, processes and writing. The environment is empty
and the working folder a scratch one: both are the parent's doing.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Sequence

from portal.library.extraction import walls

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
MAX_OUTPUT = 200 * 1024 * 1024
MAX_FILES = 64
REFUSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "pty.")
WRITING = frozenset("wax+")


def end_with(parent: int) -> None:
    """End when the process that started this one ends: the first thing that a child does."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        # It was dead before the kernel was asked to tell.
        os._exit(1)


def lock(memory: int, seconds: int, writable: Sequence[str] = ()) -> None:
    """Put up every wall; what must be written later is named by path."""
    confine(memory, seconds, MAX_FILES)
    walls.write_only_below(sorted({os.path.dirname(path) for path in writable}))  # noqa: PTH120
    allowed = frozenset(writable)

    def guard(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(REFUSED):
            raise PermissionError(f"{event} is refused")
        if event == "open":
            path, mode = arguments[0], arguments[1]
            if isinstance(mode, str) and WRITING & set(mode) and str(path) not in allowed:
                raise PermissionError("writing is refused")

    sys.addaudithook(guard)


def confine(memory: int, seconds: int, files: int) -> None:
    """Put up the walls of the kernel: bytes of memory, seconds of CPU, open files."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # Refused inside some containers: the audit hook, or the filter of sockets, still stands.
    libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_OUTPUT, MAX_OUTPUT))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    walls.refuse_sockets()
