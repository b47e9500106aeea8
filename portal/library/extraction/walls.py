"""Walls of the kernel that a program started later cannot take down: seccomp and Landlock.

Both need no privilege. Where the kernel lacks one, the others still stand.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from collections.abc import Sequence

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
SECCOMP_ALLOW = 0x7FFF0000
SECCOMP_EACCES = 0x00050000 | 13
AF_UNIX = 1
# Machine as the kernel audits it, and its number of socket(2).
MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}

# Landlock's system calls have the same numbers on every machine.
LANDLOCK_CREATE_RULESET = 444
LANDLOCK_ADD_RULE = 445
LANDLOCK_RESTRICT_SELF = 446
LANDLOCK_RULE_PATH_BENEATH = 1
LANDLOCK_VERSION = 1
WRITE_FILE = 1 << 1
MAKE_SOCKET = 1 << 9
# Write, remove, make and move, by the version of Landlock that first knew each.
WRITING = {
    1: WRITE_FILE | sum(1 << bit for bit in range(4, 13)),
    2: 1 << 13,
    3: 1 << 14,
}


def refuse_sockets() -> bool:
    """Refuse every socket but those of this machine's own processes; tell whether it holds."""
    known = MACHINES.get(platform.machine())
    if known is None:
        return False
    machine, number = known
    program = [
        (0x20, 0, 0, 4),  # load the machine
        (0x15, 0, 5, machine),  # calls of other machines are refused
        (0x20, 0, 0, 0),  # load the number of the call
        (0x35, 3, 0, 0x40000000),  # and those of the x32 interface
        (0x15, 0, 3, number),
        (0x20, 0, 0, 16),  # load the first argument: the family
        (0x15, 1, 0, AF_UNIX),
        (0x06, 0, 0, SECCOMP_EACCES),
        (0x06, 0, 0, SECCOMP_ALLOW),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    buffer = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    argument = Program(len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    return not libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(argument), 0, 0)


def write_only_below(paths: Sequence[str], sockets: Sequence[str] = ()) -> bool:
    """Refuse to write but below the paths, to make sockets of files but there and in ``sockets``.

    Tells whether it holds.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    known = libc.syscall(LANDLOCK_CREATE_RULESET, None, 0, LANDLOCK_VERSION)
    writing = sum(rights for version, rights in WRITING.items() if version <= known)
    handled = ctypes.c_uint64(writing)
    ruleset = libc.syscall(
        LANDLOCK_CREATE_RULESET, ctypes.byref(handled), ctypes.sizeof(handled), 0
    )
    if not writing or ruleset < 0:
        return False
    for path in [*paths, *sockets]:
        allowed = MAKE_SOCKET if path in sockets else writing
        if not os.path.isdir(path):  # noqa: PTH112 - the child loads no more than it needs
            allowed = WRITE_FILE
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = ctypes.create_string_buffer(struct.pack("=Qi", allowed, place))
        libc.syscall(LANDLOCK_ADD_RULE, ruleset, LANDLOCK_RULE_PATH_BENEATH, rule, 0)
        os.close(place)
    held = libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return held
