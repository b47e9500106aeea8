"""Every pair of query and text, on every engine."""

from __future__ import annotations

import pytest

from search.engines.base import Engine
from tests.search.contract.content import ids, strictly
from tests.search.contract.pairs import MATCH
from tests.search.contract.strangers import NO_MATCH


@pytest.mark.parametrize(
    ("number", "words"),
    list(enumerate(words for words, _ in MATCH)),
    ids=[f"{words}|{text}" for words, text in MATCH],
)
def test_must_match(shelf: Engine, number: int, words: str) -> None:
    assert f"page:{number}" in strictly(shelf, words)


@pytest.mark.parametrize(
    ("number", "words"),
    list(enumerate(words for words, _ in NO_MATCH)),
    ids=[f"{words}|{text}" for words, text in NO_MATCH],
)
def test_must_not_match(shelf: Engine, number: int, words: str) -> None:
    assert f"page:{number + len(MATCH)}" not in ids(shelf, words, page_size=500)
