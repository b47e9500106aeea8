"""Pages paired and words compared."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.library.comparison import MAX_WORDS, align_pages, same_text, word_changes

PAGES = [f"La pagina numero {n} parla di gare, convenzioni e Comuni {n * 7}" for n in range(6)]


def test_an_inserted_page_moves_no_other() -> None:
    new = [*PAGES[:2], "Tutta nuova, con altre parole", *PAGES[2:]]
    pairs = [(0, 0), (1, 1), (None, 2), *((n, n + 1) for n in range(2, 6))]
    assert align_pages(PAGES, new) == pairs
    assert align_pages(new, PAGES) == [(j, i) for i, j in pairs]


def test_a_changed_page_is_paired_with_what_it_was() -> None:
    new = ["Premessa del tutto inedita", PAGES[0] + " e altro ancora", *PAGES[1:]]
    assert align_pages(PAGES, new)[:3] == [(None, 0), (0, 1), (1, 2)]


def test_spaces_are_no_change() -> None:
    assert same_text("Uno  due\r\ntre", "Uno due tre\n")
    assert not same_text("Uno due", "Uno due tre")


def test_words_added_and_removed() -> None:
    changes = word_changes("La SUA è di 40.000 euro", "La SUA resta di 140.000 euro")
    assert [(piece.text, piece.changed) for piece in changes.old] == [
        ("La SUA ", False),
        ("è ", True),
        ("di ", False),
        ("40", True),
        (".000 euro", False),
    ]
    assert [piece.text for piece in changes.new if piece.changed] == ["resta ", "140"]
    assert word_changes("", "x").old == []
    assert not any(piece.changed for piece in word_changes("a b", "a  b").new)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_both_sides_are_kept_whole(old: str, new: str) -> None:
    changes = word_changes(old, new)
    assert "".join(piece.text for piece in changes.old) == old.lstrip()
    assert "".join(piece.text for piece in changes.new) == new.lstrip()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PAGES)), st.lists(st.sampled_from([*PAGES, "altro"])))
def test_every_page_is_in_one_pair(old: list[str], new: list[str]) -> None:
    pairs = align_pages(old, new)
    assert [i for i, _ in pairs if i is not None] == list(range(len(old)))
    assert [j for _, j in pairs if j is not None] == list(range(len(new)))


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 60_000, "a " * 59_000 + "b"),
        ("a b " * 30_000, "b a " * 30_000),
        (" ".join(map(str, range(60_000))), " ".join(map(str, range(60_000, 0, -1)))),
        ("x" * 200_000, "y" * 200_000),
    ],
    ids=range(4),
)
def test_hostile_pages_are_bounded(old: str, new: str) -> None:
    changes = word_changes(old, new)
    assert changes.truncated is (len(old.split()) > MAX_WORDS)


@pytest.mark.timeout(60)
def test_many_different_pages_are_bounded() -> None:
    old = [f"vecchia {n}" for n in range(3000)]
    new = [f"nuova {n}" for n in range(2990)]
    assert len(align_pages(old, new)) == 3000
