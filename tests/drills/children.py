"""What the children that read files really took, asked of the kernel while they run.

``getrusage`` tells the peak of a forked child with that of its parent in it; ``VmHWM`` belongs to
the memory of the process itself and begins anew with every ``execve``. Seconds are of the clock
and of the processor. A child is seen every few milliseconds: what it took between the last look
and its end is not.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.drills.beside import Beside

PAUSE = 0.004
TICK = 1 / os.sysconf("SC_CLK_TCK")
KILO = 1024
# What the command line of a child that opens somebody's file has in it, and the child's name.
NAMES = {
    "extraction/child.py": "reading",
    "extraction/unwrapping.py": "envelope",
    "extraction/taking.py": "member",
    "library/reading/words.py": "words",
    "library/rendering.py": "picture",
    "library/thumbnails.py": "thumbnails",
    "soffice": "LibreOffice",
    "tesseract": "tesseract",
}


@dataclass
class Child:
    """One child: what it was, its peak in bytes, its seconds of both kinds."""

    pid: int
    name: str
    peak: int = 0
    wall: float = 0.0
    cpu: float = 0.0


class Watch(Beside):
    """Looks at all that descends from some processes until it is left."""

    def __init__(self, roots: Callable[[], Iterable[int]]) -> None:
        self.roots = roots
        self.children: dict[tuple[int, str], Child] = {}
        self._started: dict[tuple[int, str], float] = {}

    def since(self, moment: float) -> list[Child]:
        """Return the children that began after a moment of ``time.monotonic``."""
        return [child for key, child in list(self.children.items()) if self._started[key] >= moment]

    def peak(self, *names: str) -> int:
        """Return the highest peak in bytes, of all or of those with a name."""
        seen = (child.peak for child in list(self.children.values()) if child.name in names)
        every = (child.peak for child in list(self.children.values()))
        return max(seen if names else every, default=0)

    def _work(self) -> None:
        while not self._over.is_set():
            for pid in descendants(self.roots()):
                self._note(pid)
            time.sleep(PAUSE)

    def _note(self, pid: int) -> None:
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
            name = next((name for mark, name in NAMES.items() if mark in command), "")
            if not name or "launch.py" in command:
                return
            status = Path(f"/proc/{pid}/status").read_text()
            spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return
        now = time.monotonic()
        key = (pid, name)
        started = self._started.setdefault(key, now)
        child = self.children.setdefault(key, Child(pid, name))
        peak = status.partition("VmHWM:")[2].split()
        if peak:
            child.peak = max(child.peak, int(peak[0]) * KILO)
        child.wall = now - started
        child.cpu = max(child.cpu, (int(spent[11]) + int(spent[12])) * TICK)


def descendants(roots: Iterable[int]) -> Iterator[int]:
    """Yield the processes that descend from some, themselves left out."""
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        try:
            threads = [one.name for one in Path(f"/proc/{pid}/task").iterdir()]
        except OSError:
            continue
        for thread in threads:
            try:
                found = Path(f"/proc/{pid}/task/{thread}/children").read_text().split()
            except OSError:
                continue
            for inner in map(int, found):
                yield inner
                waiting.append(inner)
