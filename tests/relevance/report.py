"""The measures of every system, their targets, and docs/relevance.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from tests.relevance import measures
from tests.relevance.corpus import Corpus
from tests.relevance.judgements import Judged
from tests.relevance.rankings import Ranker, Ranking

TARGET = Path(__file__).resolve().parent.parent.parent / "docs" / "relevance.md"
CLASSES = {
    "known": "known item",
    "topic": "topic",
    "norm": "norm",
    "acronym": "acronym",
    "misspelt": "misspelt",
    "inflected": "inflected",
    "question": "natural question",
    "phrase": "phrase from the middle",
    "spread": "words over several pages",
}
HARD = ("norm", "acronym", "misspelt", "inflected", "question")
MARGIN = 0.06


@dataclass(frozen=True)
class Score:
    """The measures of one query by one system."""

    judged: Judged
    ranking: Ranking
    ndcg: float
    rr: float
    page: float | None


def scores(rank: Ranker, judged: Sequence[Judged], corpus: Corpus) -> list[Score]:
    """Run every query through a system."""
    found = []
    for one in judged:
        ranking = rank(one.query, one.reader)
        right = corpus.right_pages(one)
        found.append(
            Score(
                one,
                ranking,
                measures.ndcg(ranking.titles, one.grades),
                measures.reciprocal_rank(ranking.titles, one.grades),
                measures.right_page(ranking.titles, ranking.pages, right) if right else None,
            )
        )
    return found


@dataclass(frozen=True)
class Summary:
    """The means of some queries."""

    queries: int
    ndcg: float
    mrr: float
    page: float | None

    @classmethod
    def of(cls, some: Sequence[Score]) -> Summary:
        """Return the means; without right pages there is none of them."""
        pages = [one.page for one in some if one.page is not None]
        return cls(
            len(some),
            mean(one.ndcg for one in some),
            mean(one.rr for one in some),
            mean(pages) if pages else None,
        )

    def cells(self) -> str:
        """Return the three figures as cells of a table."""
        page = "–" if self.page is None else f"{self.page:.3f}"
        return f"{self.ndcg:.3f} | {self.mrr:.3f} | {page}"


def by_class(all_scores: Sequence[Score], kind: str) -> list[Score]:
    """Return the scores of a class of queries."""
    return [one for one in all_scores if one.judged.kind == kind]


@dataclass(frozen=True)
class Check:
    """A target, what came out, and whether it is reached."""

    what: str
    wanted: str
    measured: str
    met: bool


def checks(name: str, own: Sequence[Score], naive: Sequence[Sequence[Score]]) -> list[Check]:
    """Return the targets of an engine."""
    whole, known = Summary.of(own), Summary.of(by_class(own, "known"))
    found = [
        Check(f"{name}: nDCG@10", "≥ 0.92", f"{whole.ndcg:.3f}", whole.ndcg >= 0.92),
        Check(f"{name}: MRR, known item", "≥ 0.92", f"{known.mrr:.3f}", known.mrr >= 0.92),
        Check(
            f"{name}: right page in the first three",
            "≥ 0.95",
            f"{whole.page or 0:.3f}",
            (whole.page or 0) >= 0.95,
        ),
    ]
    for kind in HARD:
        better = max(Summary.of(by_class(one, kind)).ndcg for one in naive)
        margin = Summary.of(by_class(own, kind)).ndcg - better
        found.append(
            Check(
                f"{name}: {CLASSES[kind]}, above the better baseline",
                f"≥ {MARGIN}",
                f"{margin:+.3f}",
                margin >= MARGIN,
            )
        )
    return found


def table(systems: Mapping[str, Sequence[Score]]) -> list[str]:
    """Return the measures of every system, in total and by class, as a table."""
    names = " | ".join(f"{name}: nDCG | MRR | page" for name in systems)
    lines = [f"| queries | n | {names} |", "|---|---" + "|---|---|---" * len(systems) + "|"]
    for kind, title in {"": "**all**", **CLASSES}.items():
        rows = [by_class(one, kind) if kind else list(one) for one in systems.values()]
        if rows[0]:
            cells = " | ".join(Summary.of(row).cells() for row in rows)
            lines.append(f"| {title} | {len(rows[0])} | {cells} |")
    return lines


def write(
    judged: Mapping[str, Sequence[Score]],
    held_out: Mapping[str, Sequence[Score]],
    found: Sequence[Check],
) -> None:
    """Write docs/relevance.md."""
    targets = [
        f"| {one.what} | {one.wanted} | {one.measured} | {'yes' if one.met else '**no**'} |"
        for one in found
    ]
    lines = [
        "# Relevance of the search",
        "",
        "Written by `make relevance`: every query of the judged set goes through the search as the",
        "page asks it, on the demonstration content. Beside it stand two naive baselines on the",
        "same files: BM25 over pages in SQLite FTS5, the words as they are written and stemmed by",
        "Snowball, a document being worth its best page.",
        "",
        "- nDCG@10 with gains 0, 1, 3, 7 for the grades 0 to 3;",
        "- MRR: one divided by the position of the first result of the highest grade;",
        "- page: one of the first three results shows a right page among its best three.",
        "",
        "## Targets",
        "",
        "| what | wanted | measured | met |",
        "|---|---|---|---|",
        *targets,
        "",
        "## Judged set",
        "",
        "`tests/relevance/judged.yaml`, on which the ranking was tuned.",
        "",
        *table(judged),
        "",
        "## Held-out set",
        "",
        "`tests/relevance/held_out.yaml`, queries that were never looked at while tuning: a large",
        "distance from the table above would mean that the tuning fits only its own queries.",
        "",
        *table(held_out),
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
