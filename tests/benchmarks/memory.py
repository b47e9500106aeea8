"""The most memory that processes take, watched while they live (VmHWM of proc(5))."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

SAMPLE_SECONDS = 0.03
# What a process is for, by the script that it runs.
SCRIPTS = {"child.py": "reading", "rendering.py": "drawing", "thumbnails.py": "drawing"}


@contextmanager
def watched(roots: Mapping[int, str]) -> Iterator[dict[str, int]]:
    """Give the most bytes that one process took, by what it is for, of some and all they start."""
    peaks: dict[str, int] = defaultdict(int)
    over = threading.Event()

    def watch() -> None:
        while not over.wait(SAMPLE_SECONDS):
            for pid, name in _families(roots).items():
                kind = _purpose(pid) or name
                peaks[kind] = max(peaks[kind], _peak(pid))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()


def _families(roots: Mapping[int, str]) -> dict[int, str]:
    """Return some processes and all that descend from them, with the names of the first."""
    above: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError, ValueError):
                # The name, in brackets, may hold anything: what follows begins after it.
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
                above[int(entry.name)] = int(stat[1])
    families = {}
    for pid in above:
        ancestor = pid
        while ancestor and ancestor not in roots:
            ancestor = above.get(ancestor, 0)
        if ancestor:
            families[pid] = roots[ancestor]
    return families


def _purpose(pid: int) -> str:
    """Return what a child is for, an empty string for other processes."""
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        for script, purpose in SCRIPTS.items():
            if any(word.endswith(f"/{script}".encode()) for word in words):
                return purpose
    return ""


def _peak(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0
