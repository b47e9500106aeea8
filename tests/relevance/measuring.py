"""Runs the judged sets through every system."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import mean

from tests.relevance import measures, report
from tests.relevance.corpus import Corpus
from tests.relevance.judgements import FOLDER, Judged, read
from tests.relevance.rankings import Ranker, baseline, product

JUDGED = FOLDER / "judged.yaml"
HELD_OUT = FOLDER / "held_out.yaml"
EMBEDDED, ELASTICSEARCH = "embedded", "Elasticsearch"
NAIVE = ("BM25", "BM25, stemmed")

Write = Callable[[str], object]
Systems = dict[str, list[report.Score]]


def measure(other: Path | None, below: float, elasticsearch: str, write: Write) -> int:
    """Measure, say what came out and return how many targets are missed.

    With another set only that set is measured, and docs/relevance.md stays as it is.
    """
    corpus = Corpus.load()
    sets = [read(path) for path in ([other] if other else [JUDGED, HELD_OUT])]
    for judged in sets:
        corpus.check(judged)
    measured = run(corpus, sets, elasticsearch)
    checks: list[report.Check] = []
    for systems in measured:
        write("\n".join(report.table(systems)) + "\n\n")
    for name in engines(measured[0]):
        show(name, measured[0][name], below, write)
    for name in engines(measured[0]):
        checks += report.checks(name, measured[0][name], [measured[0][one] for one in NAIVE])
    checks += agreement(measured[0])
    for check in checks:
        write(f"{'ok  ' if check.met else 'MISS'} {check.what} {check.wanted}: {check.measured}\n")
    if not other:
        report.write(measured[0], measured[1], checks)
    return sum(not check.met for check in checks)


def run(corpus: Corpus, sets: Sequence[list[Judged]], elasticsearch: str) -> list[Systems]:
    """Return the scores of every system on every set."""
    rankers: dict[str, Ranker] = {
        NAIVE[0]: baseline(corpus, stemmed=False),
        NAIVE[1]: baseline(corpus, stemmed=True),
    }
    found: list[Systems] = [{} for _ in sets]
    for name, url in ((EMBEDDED, ""), (ELASTICSEARCH, elasticsearch)):
        if name == EMBEDDED or url:
            with engine(url):
                for systems, judged in zip(found, sets, strict=True):
                    systems[name] = report.scores(product(corpus), judged, corpus)
    for name, rank in rankers.items():
        for systems, judged in zip(found, sets, strict=True):
            systems[name] = report.scores(rank, judged, corpus)
    return found


@contextmanager
def engine(url: str) -> Iterator[None]:
    """Search for a while with the engine of an address, the embedded one without; filled anew."""
    from django.conf import settings
    from django.test import override_settings

    from search.indexing import rebuild

    with override_settings(ELASTICSEARCH=settings.ELASTICSEARCH | {"url": url}):
        rebuild(lambda done: None)
        yield


def engines(systems: Systems) -> list[str]:
    """Return the names of the systems that are the product's own."""
    return [name for name in systems if name not in NAIVE]


def agreement(systems: Systems) -> list[report.Check]:
    """Return how far two engines agree, when two were measured."""
    if ELASTICSEARCH not in systems:
        return []
    shared = mean(
        measures.overlap(one.ranking.titles, other.ranking.titles)
        for one, other in zip(systems[EMBEDDED], systems[ELASTICSEARCH], strict=True)
    )
    return [report.Check("overlap@10 of the two engines", "≥ 0.8", f"{shared:.3f}", shared >= 0.8)]


def show(name: str, scores: Sequence[report.Score], below: float, write: Write) -> None:
    """Write the rankings of the queries that do badly."""
    for one in scores:
        if one.ndcg >= below and (one.page is None or one.page or not below):
            continue
        page = "" if one.page is None else f", page {one.page:.0f}"
        write(f"{name}: {one.judged.kind}: {one.judged.query}: nDCG {one.ndcg:.2f}{page}\n")
        for title in one.ranking.titles[: measures.DEPTH]:
            grade = one.judged.grades.get(title, 0)
            write(f"   {grade} {title} {one.ranking.pages.get(title) or ''}\n")
        for title, grade in one.judged.grades.items():
            if grade > 1 and title not in one.ranking.titles[: measures.DEPTH]:
                write(f"   {grade} not found: {title}\n")
