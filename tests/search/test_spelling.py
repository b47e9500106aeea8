"""How far two words are from one another."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.spelling import LONG, closest, nearest

letters = st.text("abcd", min_size=1, max_size=8)


def slips(left: str, right: str) -> int:
    """Return the edits between two words as the definition says (optimal string alignment)."""

    @cache
    def between(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        fewest = min(
            between(i - 1, j) + 1,
            between(i, j - 1) + 1,
            between(i - 1, j - 1) + (left[i - 1] != right[j - 1]),
        )
        swapped = i > 1 and j > 1 and left[i - 2 : i] == right[j - 1] + right[j - 2]
        return min(fewest, between(i - 2, j - 2) + 1) if swapped else fewest

    return between(len(left), len(right))


@given(letters, letters)
def test_one_or_two_slips_are_near_and_more_are_not(typed: str, known: str) -> None:
    most = 1 if len(typed) < LONG else 2
    assert closest(typed, {known: 1}) == ([known] if 0 < slips(typed, known) <= most else [])


@pytest.mark.parametrize(
    ("typed", "known"),
    [("convenzoine", "convenzione"), ("apalto", "appalto"), ("bilancoi", "bilancio")],
)
def test_the_word_that_was_meant_comes_first(typed: str, known: str) -> None:
    vocabulary = {known: 3, "convezione": 1, "bilanci": 1, "appaltare": 9, typed[::-1]: 50}
    assert closest(typed, vocabulary)[0] == known


KNOWN = {
    "convenzione": 3,
    "convezione": 1,
    "conversione": 2,
    "appalto": 9,
    "acqua": 4,
}


@pytest.mark.parametrize(
    ("typed", "found", "read"),
    [
        ("convenzoine", ["convenzione", "convezione"], {"co", "oc", "on", "cn"}),
        ("ocnvenzione", ["convenzione"], {"oc", "co", "cn", "on"}),
        ("cconvenzione", ["convenzione"], {"cc", "co"}),
        ("cnvenzione", ["convenzione"], {"cn", "nc", "nv", "cv", "c", "n"}),
        ("kappalto", ["appalto"], {"ka", "ak", "ap", "kp"}),
        ("acua", ["acqua"], {"a", "c"}),
        ("astronave", [], {"as", "sa", "st", "at", "a", "s"}),
    ],
)
def test_no_more_of_the_vocabulary_is_read_than_needed(
    typed: str, found: list[str], read: set[str]
) -> None:
    starts: list[str] = []

    def beginning(start: str) -> dict[str, int]:
        starts.append(start)
        return {known: count for known, count in KNOWN.items() if known.startswith(start)}

    assert nearest(typed, beginning)[: len(found)] == found
    assert bool(found) == bool(nearest(typed, beginning))
    assert set(starts) == read
