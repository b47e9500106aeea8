"""Hostile files brought into a portal: each ends in a state, and nothing gets out of the jail."""

from __future__ import annotations

import socket
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tests.benchmarks.report import Figure
from tests.drills.beside import Beside
from tests.drills.children import Child, Watch
from tests.drills.house import Answer, DrillError, Portal, until
from tests.drills.readers import Reader
from tests.factories import hostile, hostile_package, hostile_pdf, hostile_text

INTAKE = "tests.drills.intake"
# What a person may have waiting to be confirmed is fifty files.
TOGETHER = 25
SECONDS = 20
GRACE = 10
BATCH_SECONDS = 900
ANSWER_SECONDS = 5
MEGA = 1024 * 1024
CHILD_MEMORY = 512 * MEGA
RECEIVING_MEMORY = 300 * MEGA
MAX_PAGE, MAX_TEXT, MAX_MEMBERS = 200_000, 20_000_000, 200
WANTED = 200


@dataclass
class Ear(Beside):
    """Listens where the hostile files call, and counts who called."""

    calls: int = 0
    _server: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def url(self) -> str:
        """The address that the files are given."""
        return f"http://127.0.0.1:{self._server.getsockname()[1]}/x"

    def __enter__(self) -> Self:
        self._server.settimeout(0.2)
        return super().__enter__()

    def __exit__(self, *problem: object) -> None:
        super().__exit__(*problem)
        self._server.close()

    def hears(self) -> bool:
        """Tell whether a call is heard at all, and forget it."""
        before = self.calls
        socket.create_connection(self._server.getsockname(), 2).close()
        heard = bool(until(lambda: self.calls > before, 5, "the call of the drill itself") >= 0)
        self.calls = before
        return heard

    def _work(self) -> None:
        while not self._over.is_set():
            try:
                self._server.accept()[0].close()
            except TimeoutError:
                continue
            self.calls += 1


@dataclass
class Haul:
    """What became of the files: refused with a reason, published with an outcome."""

    refused: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, dict[str, Any]] = field(default_factory=dict)
    visits: list[Answer] = field(default_factory=list)
    without_state: list[str] = field(default_factory=list)
    peak: int = 0


def corpus(secret: str, url: str, target: str) -> dict[str, Callable[[], bytes]]:
    """Return the makers of all hostile files by name; each name once."""
    groups: list[dict[str, Callable[[], bytes]]] = [
        {name: lambda data=data: data for name, data in hostile.corpus(secret).items()},
        hostile_pdf.pdfs(url, target),
        hostile_package.offices(secret, url),
        hostile_package.archives(secret, url, target),
        hostile_text.mails(url),
        hostile_text.compounds(),
        hostile_text.envelopes(),
        hostile_text.texts(secret, url),
    ]
    made: dict[str, Callable[[], bytes]] = {}
    for number, group in enumerate(groups):
        for name, make in group.items():
            made[f"{number}-{name}" if name in made else name] = make
    return made


def figures(words: Sequence[str] = ()) -> list[Figure]:
    """Bring in all, or those with a word in their names, while a visitor goes on reading."""
    with tempfile.TemporaryDirectory(prefix="portal-drill-") as name, Ear() as ear:
        folder = Path(name)
        secret = folder / "altrove" / "segreto.txt"
        target = folder / "fuori" / "scritto.txt"
        for place in (secret.parent, target.parent, folder / "file", folder / "tmp"):
            place.mkdir()
        secret.write_text(hostile.SECRET)
        portal = Portal(
            folder / "portal",
            environment={
                "LIBRARY_EXTRACTION_SECONDS": str(SECONDS),
                "PORTAL_CANARY": hostile.SECRET,
                "TMPDIR": str(folder / "tmp"),
            },
        )
        with portal:
            portal.prepare()
            portal.start()
            heard = ear.hears()
            makers = {
                name: make
                for name, make in corpus(str(secret), ear.url, str(target)).items()
                if not words or any(word in name for word in words)
            }
            with (
                Watch(lambda: [process.pid for process in portal.processes.values()]) as watch,
                Reader(portal) as reader,
            ):
                haul = bring_in(portal, folder / "file", makers)
            left = left_behind(folder, target)
    total = len(makers)
    return [
        _ends(haul, total),
        _times(watch.children.values()),
        *_memory(watch, haul),
        _walls(haul, ear, heard, left),
        _limits(haul),
        _answers(haul, reader),
    ]


def bring_in(portal: Portal, folder: Path, makers: dict[str, Callable[[], bytes]]) -> Haul:
    """Have the files received, read for their proposals, published, read again, and looked at."""
    haul = Haul()
    every = list(makers)
    for first in range(0, len(every), TOGETHER):
        names = every[first : first + TOGETHER]
        for name in names:
            (folder / name).write_bytes(makers[name]())
        taken = portal.do(f"{INTAKE}.bring_in", paths=[str(folder / name) for name in names])
        for name in names:
            (folder / name).unlink()
        haul.refused.update({name: one["reason"] for name, one in taken.items() if one["reason"]})
        _wait(portal, haul, "the proposals")
        waiting = [one["pk"] for one in taken.values() if one["pk"] and not one["reason"]]
        documents = portal.do(f"{INTAKE}.confirm", pks=waiting)
        _wait(portal, haul, "the readings")
        outcomes = portal.do(
            f"{INTAKE}.outcomes", pks=list(documents.values()), secret=hostile.SECRET
        )
        haul.outcomes.update(outcomes)
        haul.visits += visits(portal, documents, outcomes)
        haul.without_state += [
            name for name in names if name not in outcomes and name not in haul.refused
        ]
    haul.peak = portal.do(f"{INTAKE}.peak")
    return haul


def _wait(portal: Portal, haul: Haul, what: str) -> None:
    try:
        until(lambda: not portal.do(f"{INTAKE}.being_read"), BATCH_SECONDS, what)
    except DrillError as problem:
        haul.without_state.append(str(problem))


def visits(
    portal: Portal, documents: dict[str, int], outcomes: dict[str, dict[str, Any]]
) -> list[Answer]:
    """Look at the pages of the documents, and at the pictures of those that have some."""
    found = []
    for name, pk in documents.items():
        found.append(portal.get(f"/biblioteca/{pk}/"))
        if not outcomes[name]["pages"]:
            continue
        found.append(portal.get(f"/biblioteca/{pk}/pagina/1/", q="testo parola"))
        if outcomes[name]["format"] == "pdf":
            found.append(portal.get(f"/biblioteca/{pk}/pagina/1/immagine.webp"))
            found.append(portal.get(f"/biblioteca/{pk}/anteprima.webp"))
    return found


def left_behind(folder: Path, target: Path) -> list[str]:
    """Return what was written where nothing may be: outside the folders, and after the end."""
    written = [str(path) for path in target.parent.rglob("*")]
    scratch = [str(path) for path in (folder / "tmp").iterdir() if "portal" in path.name]
    return written + scratch


def _ends(haul: Haul, total: int) -> Figure:
    good = [name for name, reason in haul.refused.items() if reason.endswith(".")]
    good += [
        name
        for name, one in haul.outcomes.items()
        if one["state"] == "ready" or (one["state"] == "failed" and one["reason"].endswith("."))
    ]
    codes = Counter(one["code"] or "ready" for one in haul.outcomes.values())
    told = ", ".join(f"{code} {count}" for code, count in codes.most_common())
    return Figure(
        "hostile files: each read, or refused with a reason and a way forward",
        f"all, ≥ {WANTED}",
        f"{len(good)} of {total}",
        len(good) == total >= WANTED and not haul.without_state,
        "; ".join(haul.without_state[:3]) or f"refused at once {len(haul.refused)}, {told}",
    )


def _times(children: Iterable[Child]) -> Figure:
    children = list(children)
    wall = max(children, key=lambda child: child.wall)
    cpu = max(children, key=lambda child: child.cpu)
    return Figure(
        "hostile files: the longest child",
        f"≤ {SECONDS + 1} s of the processor, ≤ {SECONDS + GRACE + 1} s",
        f"{cpu.cpu:.0f} s, {wall.wall:.0f} s",
        cpu.cpu <= SECONDS + 1 and wall.wall <= SECONDS + GRACE + 1,
        f"{len(children)} children watched",
    )


def _memory(watch: Watch, haul: Haul) -> list[Figure]:
    names = sorted({child.name for child in watch.children.values()})
    told = ", ".join(f"{name} {watch.peak(name) // MEGA}" for name in names)
    return [
        Figure(
            "hostile files: peak memory of a child",
            f"≤ {CHILD_MEMORY // MEGA} MB",
            f"{watch.peak() // MEGA} MB",
            0 < watch.peak() <= CHILD_MEMORY,
            f"VmHWM of the child itself; {told}",
        ),
        Figure(
            "hostile files: peak memory of who receives them",
            f"≤ {RECEIVING_MEMORY // MEGA} MB",
            f"{haul.peak // MEGA} MB",
            haul.peak <= RECEIVING_MEMORY,
        ),
    ]


def _walls(haul: Haul, ear: Ear, heard: bool, left: list[str]) -> Figure:
    told = [name for name, one in haul.outcomes.items() if one["secret"]]
    return Figure(
        "hostile files: calls heard, secrets told, files left outside",
        "0, 0, 0",
        f"{ear.calls}, {len(told)}, {len(left)}",
        heard and not ear.calls and not told and not left,
        ", ".join([*told, *left][:3]) or "the drill's own call was heard",
    )


def _limits(haul: Haul) -> Figure:
    every = haul.outcomes.values()
    longest, whole, members = (
        max((one[key] for one in every), default=0) for key in ("longest", "characters", "members")
    )
    return Figure(
        "hostile files: longest page, text and list that the database holds",
        f"≤ {MAX_PAGE:,}, ≤ {MAX_TEXT:,}, ≤ {MAX_MEMBERS}",
        f"{longest:,}, {whole:,}, {members}",
        longest <= MAX_PAGE and whole <= MAX_TEXT and members <= MAX_MEMBERS,
        "characters, characters, files",
    )


def _answers(haul: Haul, reader: Reader) -> Figure:
    # A page that cannot be drawn has no picture.
    bad = reader.failed + [
        one
        for one in haul.visits
        if one.status != 200 and not (one.status == 404 and ".webp" in one.path)
    ]
    every = reader.answers + haul.visits
    slowest = reader.slowest
    return Figure(
        "hostile files: what visitors ask for meanwhile",
        f"all answered, ≤ {ANSWER_SECONDS} s",
        f"{len(every) - len(bad)} of {len(every)}, slowest {slowest.seconds:.1f} s",
        not bad and slowest.seconds <= ANSWER_SECONDS,
        "; ".join(f"{one.path} answered {one.status}" for one in bad[:3])
        or f"slowest {slowest.path}; {len(haul.visits)} of them the pages and pictures of these "
        f"files, whose slowest took {max(one.seconds for one in haul.visits):.1f} s",
    )
