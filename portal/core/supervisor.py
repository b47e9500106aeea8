"""Two processes, the web server and the worker, started and stopped as one."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from types import FrameType

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 8
QUICK_DEATH_SECONDS = 5


def _die_with_parent() -> None:
    if os.uname().sysname == "Linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A process that is started again when it dies."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        """Start the process in a group of its own, so that Ctrl+C reaches only the supervisor."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - commands are the portal's own
            self.command, start_new_session=True, preexec_fn=_die_with_parent
        )

    def signal_group(self, number: int) -> None:
        """Send a signal to the process and to what it started."""
        if self.process:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


@dataclass
class Supervisor:
    """Keeps its children running until it is told to stop."""

    children: list[Child]
    stopping: bool = False
    exit_code: int = 0
    poll_seconds: float = 0.3
    _before: dict[int, object] = field(default_factory=dict)

    def run(self) -> int:
        """Start everything, wait for a signal, stop everything; return the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self._before[number] = signal.signal(number, self._stop)
        for child in self.children:
            child.start()
        while not self.stopping:
            time.sleep(self.poll_seconds)
            for child in self.children:
                self._restart_if_dead(child)
        self._stop_children()
        return self.exit_code

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _restart_if_dead(self, child: Child) -> None:
        if self.stopping or child.process is None or child.process.poll() is None:
            return
        if time.monotonic() - child.started < QUICK_DEATH_SECONDS:
            child.quick_deaths += 1
        else:
            child.quick_deaths = 0
        if child.quick_deaths >= 5:
            self.stopping, self.exit_code = True, 1
            return
        time.sleep(min(child.quick_deaths, 3))
        child.start()

    def _stop_children(self) -> None:
        for child in self.children:
            if child.process and child.process.poll() is None:
                child.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            if child.process:
                try:
                    child.process.wait(max(deadline - time.monotonic(), 0.1))
                except subprocess.TimeoutExpired:
                    child.signal_group(signal.SIGKILL)
                    child.process.wait()
                child.signal_group(signal.SIGKILL)
