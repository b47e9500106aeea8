"""The worker killed a hundred times: while it reads files, while it indexes, while it rebuilds."""

from __future__ import annotations

import os
import random
import shutil
import signal
import string
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import typst

from tests import databases
from tests.benchmarks.report import Figure
from tests.drills.children import descendants
from tests.drills.house import DrillError, Portal, until
from tests.drills.readers import Reader

KILLS, FEWER_KILLS = 100, 21
KINDS = ("extraction", "indexing", "rebuild")
HAND, WORK, INTAKE = "tests.drills.hand", "tests.drills.kills", "tests.drills.intake"
DOCUMENTS, DOCUMENT_PAGES, RENAMED = 250, 12, 30
FILES, FILE_PAGES = 2, 200
START_SECONDS, STEP_SECONDS, LAST_SECONDS = 90, 60, 600
# How long after its beginning the work is cut off, at the most.
MOMENTS = {"extraction": 0.4, "indexing": 0.4, "rebuild": 2.0}
ANSWER_SECONDS = 5
# Every so many kills it is only the process at work that dies, as when memory runs out.
ALONE = 4
# A child dies with its parent, once it has asked the kernel to tell it: its first step.
CHILD_SECONDS = 2.0
DATABASE = "portal_drill"


@dataclass
class Toll:
    """What was killed, in the middle of what, and what was left of it."""

    kills: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    hits: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    alone: int = 0
    orphans: int = 0
    words: dict[int, list[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def figures() -> list[Figure]:
    """Kill on the defaults, then less often on the servers that the environment names."""
    found = _drill("", KILLS, "", "")
    server = os.environ.get("ELASTICSEARCH_URL", "")
    if databases.address_of(DATABASE) and server:
        with databases.own(DATABASE) as database:
            found += _drill(", on servers", FEWER_KILLS, database, server)
    return found


def _drill(where: str, kills: int, database: str, server: str) -> list[Figure]:
    folder = Path(tempfile.mkdtemp(prefix="portal-drill-"))
    (folder / "tmp").mkdir()
    environment = {
        "TMPDIR": str(folder / "tmp"),
        "ELASTICSEARCH_PREFIX": "drill",
        # The recognition of the scans of the demonstration would only take time.
        "LIBRARY_TESSERACT": "",
    }
    try:
        with Portal(folder / "portal", database, server, environment) as portal:
            portal.prepare()
            portal.start("web")
            documents = portal.do(f"{WORK}.fill", count=DOCUMENTS, pages=DOCUMENT_PAGES)
            portal.start("worker")
            until(lambda: not portal.do(f"{WORK}.waiting_tasks"), LAST_SECONDS, "an empty queue")
            toll = Toll()
            with Reader(portal) as reader:
                kill(portal, toll, kills, folder, documents)
                settle(portal, toll)
            return [
                _middle(where, toll, kills),
                _steps(where, toll),
                _texts(where, portal, toll),
                _left(where, portal, toll, folder),
                _answers(where, reader),
            ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def kill(portal: Portal, toll: Toll, kills: int, folder: Path, documents: list[int]) -> None:
    """Give the worker something to do, wait until it does it, kill it at a random moment."""
    chance = random.Random(56_2014)
    for turn in range(kills):
        kind = KINDS[turn % len(KINDS)]
        busy = _sign(portal, kind)
        _begin(portal, toll, kind, chance, turn, chance.sample(documents, RENAMED), folder)
        with suppress(DrillError):
            until(busy, START_SECONDS, f"the worker to begin the {kind}", pause=0.02)
        time.sleep(chance.uniform(0, MOMENTS[kind]))
        victim = _at_work(portal, kind) if turn % ALONE == ALONE - 1 and turn < kills - 1 else 0
        toll.hits[kind] += bool(busy())
        if victim:
            os.kill(victim, signal.SIGKILL)
            toll.alone += 1
        else:
            portal.stop("worker", signal.SIGKILL)
        toll.kills[kind] += 1
        toll.orphans += _orphans(folder)
        if not victim:
            portal.start("worker")


def _begin(
    portal: Portal,
    toll: Toll,
    kind: str,
    chance: random.Random,
    turn: int,
    documents: list[int],
    folder: Path,
) -> None:
    if kind == "extraction":
        toll.words.update(_bring_in(portal, chance, turn, folder))
    elif kind == "indexing":
        portal.do(f"{WORK}.rename", pks=documents, turn=turn)
    elif not portal.do(f"{WORK}.rebuilding"):
        portal.do(f"{HAND}.ask_for_rebuild")


def _sign(portal: Portal, kind: str) -> Callable[[], object]:
    """Return what tells that a living worker is in the middle of something."""
    if kind == "extraction":
        return lambda: any(map(_reads, descendants([portal.pid("worker")])))
    if kind == "indexing":
        last = portal.do(f"{WORK}.indexed")
        return lambda: portal.do(f"{WORK}.indexing", after=last)
    # What a dead worker left says "running" too: only a sign of life from now on counts.
    now = datetime.now(UTC).isoformat()
    return lambda: portal.do(f"{WORK}.rebuilding", since=now)


def _at_work(portal: Portal, kind: str) -> int:
    """Return the one process that is at work, 0 when it cannot be told."""
    if kind != "extraction":
        return int(portal.do(f"{WORK}.holder"))
    pids = set(descendants([portal.pid("worker")]))
    return next((_parent(pid) for pid in pids if _reads(pid)), 0)


def _reads(pid: int) -> bool:
    return "extraction/child.py" in _command(pid)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _bring_in(
    portal: Portal, chance: random.Random, turn: int, folder: Path
) -> dict[int, list[str]]:
    """Bring in PDFs whose every page has a word that nothing else has; return them by document."""
    words = {}
    for number in range(FILES):
        own = [
            f"x{''.join(chance.choices(string.ascii_lowercase, k=12))}x" for _ in range(FILE_PAGES)
        ]
        source = folder / "source.typ"
        source.write_text("#pagebreak()\n".join(f"{word} #lorem(300)\n" for word in own))
        path = folder / f"Relazione {turn}-{number}.pdf"
        path.write_bytes(typst.compile(str(source)))
        words[path.name] = own
    taken = portal.do(f"{INTAKE}.bring_in", paths=[str(folder / name) for name in words])
    documents = portal.do(f"{INTAKE}.confirm", pks=[one["pk"] for one in taken.values()])
    return {pk: words[name] for name, pk in documents.items()}


def _orphans(folder: Path) -> int:
    """Return how many children of the dead go on living."""

    def living() -> list[int]:
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
        commands = {pid: _command(pid) for pid in pids}
        return [
            pid
            for pid, command in commands.items()
            if "portal/library/" in command and str(folder) in command and _parent(pid) == 1
        ]

    with suppress(DrillError):
        until(lambda: not living(), CHILD_SECONDS, "the children to die", pause=0.05)
    return len(living())


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def settle(portal: Portal, toll: Toll) -> None:
    """Wait until nothing is left to do, and note how long each took since the last start."""
    begun = time.monotonic()
    waits: dict[str, Callable[[], object]] = {
        "read": lambda: not portal.do(f"{INTAKE}.being_read"),
        "rebuilt": lambda: not portal.do(f"{WORK}.rebuilding"),
        "in step": lambda: not portal.do(f"{HAND}.drift"),
        "given back": lambda: not portal.do(f"{WORK}.locked_tasks"),
    }
    while len(toll.seconds) < len(waits) and time.monotonic() - begun < LAST_SECONDS:
        for name, holds in waits.items():
            if name not in toll.seconds and holds():
                toll.seconds[name] = time.monotonic() - begun
        time.sleep(0.5)


def _middle(where: str, toll: Toll, kills: int) -> Figure:
    told = ", ".join(f"{kind} {toll.hits[kind]} of {toll.kills[kind]}" for kind in KINDS)
    return Figure(
        f"worker killed{where}: in the middle of something",
        f"{kills} kills, half of each kind in the middle",
        f"{sum(toll.kills.values())}, {told}",
        sum(toll.kills.values()) == kills
        and all(toll.hits[kind] * 2 >= toll.kills[kind] for kind in KINDS),
        f"SIGKILL to the whole group, {toll.alone} times to the one process at work",
    )


def _steps(where: str, toll: Toll) -> Figure:
    names = ("in step", "read", "rebuilt")
    told = ", ".join(f"{name} {toll.seconds.get(name, float('inf')):.0f} s" for name in names)
    return Figure(
        f"worker killed{where}: since the last start, index in step, files read, index rebuilt",
        f"≤ {STEP_SECONDS} s each",
        told,
        all(toll.seconds.get(name, float("inf")) <= STEP_SECONDS for name in names),
    )


def _texts(where: str, portal: Portal, toll: Toll) -> Figure:
    """Compare every page of every file with what was written there, and look for some of it."""
    found = portal.do(f"{WORK}.texts", pks=list(toll.words))
    whole, wrong = 0, []
    for pk, words in toll.words.items():
        one = found[str(pk)]
        numbers = list(range(1, len(words) + 1))
        if (one["state"], one["words"], one["numbers"]) == ("ready", words, numbers):
            whole += 1
        else:
            wrong.append(f"{pk}: {one['state']} {one['code']} {len(one['numbers'])} pages")
    once = sum(portal.search(words[-1])["count"] == 1 for words in toll.words.values())
    attempts = max((one["attempts"] for one in found.values()), default=0)
    total = len(toll.words)
    return Figure(
        f"worker killed{where}: files read whole and once, found once",
        "all",
        f"{whole} and {once} of {total}",
        whole == once == total > 0,
        "; ".join(wrong[:3])
        or f"{FILE_PAGES} pages each, compared one by one; begun at the most {attempts} times",
    )


def _left(where: str, portal: Portal, toll: Toll, folder: Path) -> Figure:
    # What is taken at this moment is being done; there was a moment when nothing was.
    locked = 0 if "given back" in toll.seconds else portal.do(f"{WORK}.locked_tasks")
    portal.stop("worker")
    scratch = [path.name for path in (folder / "tmp").iterdir() if path.name.startswith("portal")]
    generations = portal.do(f"{WORK}.generations")
    spare = max(len(generations) - 2, 0)
    return Figure(
        f"worker killed{where}: tasks, children, scratch folders, indices left",
        "0, 0, 0, 0",
        f"{locked}, {toll.orphans}, {len(scratch)}, {spare}",
        not locked and not toll.orphans and not scratch and not spare,
        ", ".join([*scratch, *generations[2:]][:3])
        or "beside the index that answers and the one before it",
    )


def _answers(where: str, reader: Reader) -> Figure:
    bad, slowest = reader.failed, reader.slowest
    return Figure(
        f"worker killed{where}: what a visitor asks for meanwhile",
        f"all 200, ≤ {ANSWER_SECONDS} s",
        f"{len(reader.answers) - len(bad)} of {len(reader.answers)}, slowest "
        f"{slowest.seconds:.1f} s",
        not bad and slowest.seconds <= ANSWER_SECONDS,
        "; ".join(f"{one.path} answered {one.status}" for one in bad[:3]),
    )
