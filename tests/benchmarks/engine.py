"""The engines on 5,000 and 50,000 pages: one reader and eight, idle and while they are written."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.generations import TIERS
from search.engines.embedded import EmbeddedEngine
from tests.benchmarks import corpus
from tests.benchmarks.queries import QUERIES, ask_engine
from tests.benchmarks.report import Figure
from tests.benchmarks.timing import Times, by_turns, clock, one_by_one, together
from tests.search.contract.hostile import HOSTILE

SIZES = (5_000, 50_000)
# Milliseconds within which 95 searches of a hundred are to be done, by pages.
LIMITS = {5_000: 10, 50_000: 10, 500_000: 30}
ROUNDS = 12
READERS = 8
AT_ONCE = 250
MERGE_SECONDS = 300
NOTE = "window, facets, spelling and best pages, as the page of results asks"


def rebuilt(engine: Engine, documents: int) -> float:
    """Fill a generation with the collection and let it answer; return the seconds of writing."""
    generation = engine.begin()
    seconds = write(engine, 0, documents, generation)
    engine.activate(generation)
    if isinstance(engine, ElasticsearchEngine):
        wait_for_merges(engine)
    return seconds


def wait_for_merges(engine: ElasticsearchEngine) -> None:
    """Wait for the server to have made one piece of each index, as it goes on to do."""
    aliases = [engine.generations.alias(tier) for tier in TIERS]
    deadline = time.monotonic() + MERGE_SECONDS
    while time.monotonic() < deadline:
        stats = engine.connection.client.indices.stats(index=aliases, metric=["segments"])
        if stats["_all"]["primaries"]["segments"]["count"] <= len(aliases):
            return
        time.sleep(0.2)
    raise AssertionError("the server did not merge what was filled")


def write(engine: Engine, first: int, last: int, generation: str | None = None) -> float:
    """Write some documents of the collection, many at a time, and return the seconds."""
    seconds = 0.0
    for start in range(first, last, AT_ONCE):
        batch = list(corpus.items(start, min(start + AT_ONCE, last)))
        seconds += clock(engine.upsert, batch, generation)
    return seconds


def bytes_of(folder: Path) -> int:
    """Return what the files of a folder weigh."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@contextmanager
def written_to(target: str) -> Iterator[None]:
    """Let another process write to an index all the time."""
    command = [sys.executable, "-m", "tests.benchmarks.writing", target]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline(), "the writer ended before it wrote"
        yield
        assert writer.poll() is None, "the writer ended before it was stopped"
    finally:
        writer.terminate()
        writer.wait(60)


def grown(sizes: tuple[int, int], growth: float) -> list[Figure]:
    """Measure the embedded engine on a small and a large index, by turns: noise is shared."""
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="portal-bench-index-") as parent:
        folders = [Path(parent) / str(pages) for pages in sizes]
        engines = [EmbeddedEngine(folder) for folder in folders]
        seconds = [
            write(engine, 0, pages // corpus.PAGES_EACH)
            for pages, engine in zip(sizes, engines, strict=True)
        ]
        times = by_turns([partial(ask_engine, one) for one in engines], QUERIES, ROUNDS)
        for pages, folder, taken, asked in zip(sizes, folders, seconds, times, strict=True):
            found += [
                Figure(
                    f"embedded engine, {pages:,} pages",
                    f"p95 ≤ {LIMITS[pages]} ms",
                    str(asked),
                    asked.p95 <= LIMITS[pages],
                    NOTE,
                ),
                Figure(
                    f"embedded index of {pages:,} pages",
                    "measured",
                    f"{bytes_of(folder) / 1e6:.0f} MB",
                    True,
                    f"written at {pages / taken:.0f} pages a second, analysis included",
                ),
            ]
        found.append(grown_by(sizes, times, growth))
        found.append(hostile("embedded engine", engines[-1], sizes[-1]))
        found += crowded("embedded engine", engines[-1], sizes[-1], str(folders[-1]), ROUNDS // 4)
    return found


def grown_by(sizes: tuple[int, int], times: list[Times], growth: float) -> Figure:
    """Return by how much searches take longer in the larger index."""
    ratio = times[1].median / times[0].median
    return Figure(
        f"growth of the median, {sizes[0]:,} → {sizes[1]:,} pages",
        f"≤ {growth}×",
        f"{ratio:.2f}×",
        ratio <= growth,
        f"{times[0].median:.1f} → {times[1].median:.1f} ms, by turns",
    )


def hostile(name: str, engine: Engine, pages: int) -> Figure:
    """Ask for texts that nobody asks for; each counts by its best time of three."""
    slowest = max(min(clock(ask_engine, engine, text) for _ in range(3)) for text in HOSTILE)
    return Figure(
        f"{name}, {pages:,} pages, any text as query",
        "≤ 200 ms",
        f"slowest {slowest * 1000:.0f} ms",
        slowest <= 0.2,
        f"{len(HOSTILE)} texts of up to 100,000 signs, each the best of three times",
    )


def crowded(name: str, engine: Engine, pages: int, target: str, rounds: int) -> list[Figure]:
    """Measure eight readers at once, and one and eight while another process writes."""
    work = partial(ask_engine, engine)
    found = [_readers(name, pages, "idle", together(work, QUERIES, rounds, READERS))]
    with written_to(target):
        times = one_by_one(work, QUERIES, rounds)
        found.append(
            Figure(f"{name}, {pages:,} pages, while indexing", "measured", str(times), True)
        )
        found.append(
            _readers(name, pages, "while indexing", together(work, QUERIES, rounds, READERS))
        )
    return found


def _readers(name: str, pages: int, when: str, times: Times) -> Figure:
    what = f"{name}, {pages:,} pages, {READERS} readers, {when}"
    return Figure(what, "measured", f"{times.rate:.0f} searches/s, {times}", True)


def on_elasticsearch() -> list[Figure]:
    """Measure the server of the settings, when there is one."""
    prefix = f"{settings.ELASTICSEARCH['prefix']}-engine"
    engine = ElasticsearchEngine(**{**settings.ELASTICSEARCH, "prefix": prefix, "timeout": 60})
    engine.generations.delete_all()
    pages = SIZES[-1]
    try:
        seconds = rebuilt(engine, pages // corpus.PAGES_EACH)
        times = one_by_one(partial(ask_engine, engine), QUERIES, ROUNDS // 2)
        engine.connection.client.indices.refresh(index=f"{prefix}-*")
        stats = engine.connection.client.indices.stats(index=f"{prefix}-*", metric=["store"])
        size = stats["_all"]["total"]["store"]["size_in_bytes"] / 1e6
        return [
            Figure(
                f"Elasticsearch, {pages:,} pages",
                "p95 ≤ 50 ms",
                str(times),
                times.p95 <= 50,
                f"{NOTE}; the server remembers the best pages of what is asked again",
            ),
            Figure(
                f"Elasticsearch's index of {pages:,} pages",
                "measured",
                f"{size:.0f} MB",
                True,
                f"written at {pages / seconds:.0f} pages a second, analysis included",
            ),
            hostile("Elasticsearch", engine, pages),
            *crowded("Elasticsearch", engine, pages, prefix, 2),
        ]
    finally:
        engine.generations.delete_all()


def speed_of_the_machine() -> Figure:
    """Time a piece of plain Python, by which the milliseconds of these rows can be judged."""
    seconds = min(clock(sum, (number % 7 for number in range(3_000_000))) for _ in range(5))
    what = "this machine, just before: three million remainders added in plain Python"
    return Figure(what, "measured", f"{seconds * 1000:.0f} ms", True, "the best of five times")


def figures() -> list[Figure]:
    """Measure both engines, Elasticsearch where ELASTICSEARCH_URL names one."""
    found = [speed_of_the_machine(), *grown(SIZES, growth=1.5)]
    return found + on_elasticsearch() if settings.ELASTICSEARCH["url"] else found
