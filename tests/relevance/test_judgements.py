"""The judged sets keep their form, and the measures are what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.library.demo.source import read_sources
from tests.relevance import measures
from tests.relevance.judgements import JudgementError, demo_titles, read
from tests.relevance.measuring import HELD_OUT, JUDGED
from tests.relevance.report import CLASSES


@pytest.mark.parametrize(("path", "least", "each"), [(JUDGED, 170, 8), (HELD_OUT, 63, 7)])
def test_the_judged_sets_are_well_formed_and_cover_every_class(
    path: Path, least: int, each: int
) -> None:
    judged = read(path)
    assert len(judged) >= least
    assert len({one.query for one in judged}) == len(judged)
    for kind in CLASSES:
        assert sum(one.kind == kind for one in judged) >= each, kind


def test_no_query_stands_in_both_sets() -> None:
    assert not {one.query for one in read(JUDGED)} & {one.query for one in read(HELD_OUT)}


@pytest.mark.parametrize("path", [JUDGED, HELD_OUT])
def test_every_path_of_a_judgement_is_a_text_of_the_demonstration(path: Path) -> None:
    unknown = {title for one in read(path) for title in one.grades if "/" in title}
    assert not unknown


def test_paths_give_the_titles_of_the_library() -> None:
    library = {source.title for source in read_sources()}
    assert library <= set(demo_titles().values())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {query: gara, class: altro, relevant: {sua/faq-sua: 3}}", "altro"),
        ("- {query: gara, class: topic, relevant: {sua/faq-sua: 4}}", "4"),
        ("- {query: gara, class: topic, relevant: {sua/faq-sua: 0}}", "nothing answers"),
        (
            "- {query: gara, class: topic, relevant: {sua/faq-sua: 3}, pages: {altro: [parole]}}",
            "not relevant",
        ),
    ],
)
def test_a_malformed_set_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(text)
    with pytest.raises(JudgementError, match=says):
        read(path)


def test_ndcg_is_one_for_the_best_order_and_less_for_any_other() -> None:
    grades = {"a": 3, "b": 2, "c": 1}
    assert measures.ndcg(["a", "b", "c", "x"], grades) == pytest.approx(1)
    assert 0.9 < measures.ndcg(["a", "c", "b"], grades) < 1
    assert measures.ndcg(["x", "a", "b", "c"], grades) < 0.7
    assert measures.ndcg([], grades) == 0
    assert measures.ndcg(["x"] * 10 + ["a"], grades) == 0


def test_reciprocal_rank_looks_for_the_highest_grade() -> None:
    assert measures.reciprocal_rank(["b", "a"], {"a": 3, "b": 2}) == 0.5
    assert measures.reciprocal_rank(["b"], {"a": 3, "b": 2}) == 0


def test_a_right_page_counts_among_the_first_three_of_the_first_three() -> None:
    right = {"a": frozenset({7})}
    assert measures.right_page(["x", "y", "a"], {"a": [1, 2, 7]}, right) == 1
    assert measures.right_page(["x", "y", "a"], {"a": [1, 2, 3, 7]}, right) == 0
    assert measures.right_page(["x", "y", "z", "a"], {"a": [7]}, right) == 0


def test_overlap_is_the_part_in_common() -> None:
    assert measures.overlap(["a", "b"], ["b", "a"]) == 1
    assert measures.overlap(["a", "b", "c", "d"], ["a", "b"]) == 0.5
    assert measures.overlap([], []) == 1
