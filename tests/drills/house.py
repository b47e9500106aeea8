"""A portal to be broken: its web server and its worker as processes, with data of their own.

The drill itself has no database and no engine: what it does in the portal is done by a third
process, the hand, which has the same settings (see ``hand.py``).
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "portal.settings.development"
START_SECONDS = 60
STOP_SECONDS = 15
ANSWER_SECONDS = 30


class DrillError(Exception):
    """The drill itself could not go on; what the portal did badly is a figure instead."""


@dataclass(frozen=True)
class Answer:
    """What came back: status (0 when nothing did), seconds, text."""

    path: str
    status: int
    seconds: float
    text: str = ""


@dataclass
class Portal:
    """A portal with its own folder, port, database and search server.

    ``elasticsearch`` is the address of a server that ``.ci/elasticsearch`` started, or empty for
    the embedded engine; ``environment`` adds further variables.
    """

    data: Path
    database: str = ""
    elasticsearch: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _hand: subprocess.Popen[str] | None = None

    def __post_init__(self) -> None:
        self.port = self.port or free_port()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for name in list(self.processes):
            self.stop(name)
        self.rest_hand()

    # Processes ----------------------------------------------------------------------------------
    @property
    def variables(self) -> dict[str, str]:
        """The environment of everything that belongs to this portal."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PORTAL_DATA_DIR": str(self.data),
            "PORTAL_BASE_URL": f"http://localhost:{self.port}",
            "DATABASE_URL": self.database,
            "ELASTICSEARCH_URL": self.elasticsearch,
            "ELASTICSEARCH_USER": "tests" if self.elasticsearch else "",
            "ELASTICSEARCH_PASSWORD": "only-for-tests" if self.elasticsearch else "",
            **self.environment,
        }

    def prepare(self) -> None:
        """Make tables and demonstration content, as the first `make run` does."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.manage("run", "--no-start")

    def manage(self, *arguments: str) -> None:
        """Run a command of manage.py to its end."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self.variables,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise DrillError(f"manage.py {arguments[0]}: {done.stdout}{done.stderr}")

    def start(self, *names: str) -> None:
        """Start ``web``, ``worker`` or both, and wait until the web server answers."""
        commands = self.do("tests.drills.hand.commands", port=self.port)
        for name in names or tuple(commands):
            with self.log(name).open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    commands[name],
                    env=self.variables,
                    cwd=ROOT,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        if "web" in self.processes:
            until(lambda: self.get("/livez").status == 200, START_SECONDS, "the web server")

    def stop(self, name: str, number: int = signal.SIGTERM) -> None:
        """End a process of the portal with its children; SIGKILL ends all of them at once."""
        process = self.processes.pop(name)
        if number == signal.SIGKILL:
            self._signal_group(process, signal.SIGKILL)
        else:
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
            # What the process left behind, or the process itself when it does not listen.
            self._signal_group(process, signal.SIGKILL)
        process.wait()

    def pid(self, name: str) -> int:
        """Return the id of a process, which leads a group of its own."""
        return self.processes[name].pid

    def log(self, name: str) -> Path:
        """Return the file where a process writes what it says."""
        return self.data / f"{name}.log"

    @staticmethod
    def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            return

    # What people do -----------------------------------------------------------------------------
    def get(self, path: str, **parameters: str) -> Answer:
        """Ask for a page as a visitor and take the time."""
        asked = f"{path}?{urlencode(parameters)}" if parameters else path
        begun = time.monotonic()
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{asked}", timeout=ANSWER_SECONDS
            ) as answer:
                status, text = answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as problem:
            status, text = problem.code, problem.read().decode("utf-8", "replace")
        except OSError as problem:
            status, text = 0, str(problem)
        return Answer(asked, status, time.monotonic() - begun, text)

    def search(self, text: str) -> dict[str, Any]:
        """Ask the public search and return what its API answers (``count``, ``results``…)."""
        answer = self.get("/api/v1/search/", q=text)
        if answer.status != 200:
            raise DrillError(f"The search answered {answer.status}: {answer.text[:300]}")
        return dict(json.loads(answer.text))

    # What is done inside ------------------------------------------------------------------------
    def do(self, function: str, **arguments: Any) -> Any:
        """Call a function by its dotted name in the hand; arguments and result are plain data."""
        hand = self._hand or self._take_hand()
        if hand.stdin is None or hand.stdout is None:
            raise DrillError("The hand has no pipes.")
        hand.stdin.write(json.dumps({"function": function, "arguments": arguments}) + "\n")
        hand.stdin.flush()
        line = hand.stdout.readline()
        if not line:
            raise DrillError(f"The hand died in {function}: see {self.log('hand')}")
        answer = json.loads(line)
        if "problem" in answer:
            raise DrillError(f"{function}: {answer['problem']}")
        return answer["result"]

    def rest_hand(self) -> None:
        """End the hand; the next call starts another."""
        if self._hand and self._hand.stdin:
            self._hand.stdin.close()
            self._hand.wait(STOP_SECONDS)
        self._hand = None

    def _take_hand(self) -> subprocess.Popen[str]:
        with self.log("hand").open("ab") as log:
            self._hand = subprocess.Popen(
                [sys.executable, "-m", "tests.drills.hand"],
                env=self.variables,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        return self._hand


def free_port() -> int:
    """Return a port of this machine where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def until(holds: Callable[[], Any], seconds: float, what: str, pause: float = 0.2) -> float:
    """Wait until something holds and return after how many seconds; raises DrillError."""
    begun = time.monotonic()
    while not holds():
        if time.monotonic() - begun > seconds:
            raise DrillError(f"Waited {seconds:.0f} s in vain for {what}.")
        time.sleep(pause)
    return time.monotonic() - begun
