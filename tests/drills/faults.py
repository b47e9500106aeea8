"""What every fault of an engine is measured by, while it lasts and after its end."""

from __future__ import annotations

import random
import statistics
import string
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.benchmarks import report
from tests.benchmarks.report import Figure
from tests.drills.house import DrillError, Portal
from tests.drills.readers import Reader

HAND = "tests.drills.hand"
ANSWER_SECONDS = 5
STEP_SECONDS = 60
# Of each, in health and in a fault; fewer leave a p95 to two or three of them.
PUBLICATIONS = 120
PAUSE = 0.05
SLOWER = 1.2


@dataclass(frozen=True)
class Fault:
    """How something breaks and how it is mended again; ``rounds`` of both make the measure.

    ``independent`` returns the audiences of what the engine holds by its own word, by ids.
    """

    name: str
    begin: Callable[[], object]
    end: Callable[[], object]
    rounds: int = 6
    independent: Callable[[], dict[str, list[str]]] | None = None


@dataclass
class Ledger:
    """What was done while the drill went on: what must be found once, and what never."""

    portal: Portal
    chance: random.Random
    found_once: dict[str, str] = field(default_factory=dict)
    healthy: list[float] = field(default_factory=list)
    broken: list[float] = field(default_factory=list)

    def title(self) -> tuple[str, str]:
        """Return a word that nothing else has, and a title with it."""
        word = "".join(self.chance.choices(string.ascii_lowercase, k=14))
        return word, f"Avviso {word} per i Comuni"

    def publish(self, times: list[float], number: int) -> None:
        """Publish news and note how long each took."""
        for _ in range(number):
            word, title = self.title()
            times.append(self.portal.do(f"{HAND}.publish_news", title=title)["seconds"])
            self.found_once[word] = title
            time.sleep(PAUSE)


def measure_all(portal: Portal, faults: Iterable[Fault]) -> list[Figure]:
    """Measure one fault after the other; one that cannot be tried does not hide the others.

    Each is written when it was measured: a drill that is stopped keeps what it found.
    """
    figures = []
    for fault in faults:
        try:
            found = measure(portal, fault)
        except DrillError as problem:
            found = [Figure(fault.name, "tried to the end", str(problem)[:300], False)]
        report.write(found)
        figures += found
    return figures


def measure(portal: Portal, fault: Fault) -> list[Figure]:
    """Break, publish, withdraw and mend by turns; then wait until the index is in step again."""
    chance = random.Random(fault.name)
    ledger = Ledger(portal, chance)
    words = [ledger.title() for _ in range(5 * fault.rounds)]
    documents = [
        portal.do(f"{HAND}.save_document", title=title, pages=[f"Testo {word}."])
        for word, title in words[: 3 * fault.rounds]
    ]
    news = [
        portal.do(f"{HAND}.publish_news", title=title)["pk"]
        for _, title in words[3 * fault.rounds :]
    ]
    settle(portal, fault, STEP_SECONDS)
    each = PUBLICATIONS // fault.rounds
    waited = []
    with Reader(portal) as reader:
        for turn in range(fault.rounds):
            ledger.publish(ledger.healthy, each)
            fault.begin()
            ledger.publish(ledger.broken, each // 2)
            for kind, keys, first in (("document", documents, 0), ("news", news, len(documents))):
                for offset, how in enumerate(("withdraw", "narrow", "rename")):
                    position = turn + offset * fault.rounds
                    if position >= len(keys):
                        continue
                    word, title = words[first + position]
                    if how == "rename":
                        new, renamed = ledger.title()
                        portal.do(f"{HAND}.rename_{kind}", pk=keys[position], title=renamed)
                        ledger.found_once[new] = renamed
                    else:
                        portal.do(f"{HAND}.{how}_{kind}", pk=keys[position])
                        reader.withdrawn[word] = title
            ledger.publish(ledger.broken, each - each // 2)
            fault.end()
            waited.append(settle(portal, fault, STEP_SECONDS))
    missing = [
        word for word, title in ledger.found_once.items() if _times_found(portal, word, title) != 1
    ]
    return [
        _answers(fault, reader),
        _publishing(fault, ledger),
        _in_step(fault, ledger, reader, waited, missing),
    ]


def settle(portal: Portal, fault: Fault, seconds: float) -> float:
    """Wait until index and database agree and return after how many seconds; infinity if never."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds * 3:
        try:
            if not drift(portal, fault):
                return time.monotonic() - begun
        except (DrillError, OSError):
            pass  # The engine is not back yet: the time runs on.
        time.sleep(1)
    return float("inf")


def drift(portal: Portal, fault: Fault) -> int:
    """Return how many objects differ, by the portal's own comparison and by two others."""
    differing = set(portal.do(f"{HAND}.drift"))
    if fault.independent and not differing:
        held, wanted = fault.independent(), portal.do(f"{HAND}.wanted")
        differing = {key for key in held.keys() | wanted if held.get(key) != wanted.get(key)}
    return len(differing)


def _times_found(portal: Portal, word: str, title: str) -> int:
    return sum(result["title"] == title for result in portal.search(word)["results"])


def _answers(fault: Fault, reader: Reader) -> Figure:
    bad = reader.failed
    slowest = reader.slowest
    return Figure(
        f"{fault.name}: what a visitor asks for meanwhile",
        f"all 200, ≤ {ANSWER_SECONDS} s",
        f"{len(reader.answers) - len(bad)} of {len(reader.answers)}, slowest "
        f"{slowest.seconds:.1f} s",
        not bad and slowest.seconds <= ANSWER_SECONDS,
        _first(f"{one.path} answered {one.status}" for one in bad) or f"slowest {slowest.path}",
    )


def _publishing(fault: Fault, ledger: Ledger) -> Figure:
    healthy, broken = _p95(ledger.healthy), _p95(ledger.broken)
    middle = statistics.median(ledger.broken) / statistics.median(ledger.healthy)
    # Every other one of the same kind: what the machine alone makes of a p95.
    halves = sorted([_p95(ledger.healthy[::2]), _p95(ledger.healthy[1::2])])
    spread = halves[1] / halves[0]
    return Figure(
        f"{fault.name}: publishing, p95 against before and after",
        f"≤ {SLOWER}×; the median where healthy p95s differ more",
        f"{broken / healthy:.2f}×, {broken * 1000:.0f} ms",
        broken <= SLOWER * healthy or (spread > SLOWER and middle <= SLOWER),
        f"median {middle:.2f}×; p95 of the healthy against itself {spread:.2f}×; "
        f"{len(ledger.broken)} publications of each, {fault.rounds} turns",
    )


def _in_step(
    fault: Fault, ledger: Ledger, reader: Reader, waited: list[float], missing: list[str]
) -> Figure:
    slowest, wanted = max(waited), len(ledger.found_once)
    return Figure(
        f"{fault.name}: index in step again, nothing lost or twice",
        f"≤ {STEP_SECONDS} s, each found once, the withdrawn never",
        f"{slowest:.0f} s, {wanted - len(missing)} of {wanted}, "
        f"{len(reader.leaks)} of {reader.looked_for}",
        slowest <= STEP_SECONDS and not missing and not reader.leaks and reader.looked_for > 0,
        _first(f"{word} is not found once" for word in missing),
    )


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


def _first(lines: Iterable[str]) -> str:
    return next(iter(lines), "")
