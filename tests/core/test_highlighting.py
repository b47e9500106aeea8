"""Excerpts: where they are cut, what they mark, what they leave out."""

from __future__ import annotations

import re

import pytest

from portal.core.highlighting import excerpt, without_leaders


def found(text: str, *words: str) -> list[tuple[int, int]]:
    """Return the places of some words in a text, in order."""
    return [match.span() for match in re.finditer("|".join(words), text)]


def test_without_anything_to_mark_a_text_is_cut_at_its_beginning() -> None:
    assert excerpt("breve", [], 20) == "breve"
    assert excerpt("uno due tre quattro cinque sei sette", [], 20) == "uno due tre quattro…"
    assert excerpt("", [], 20) == ""


def test_the_stretch_with_most_different_words_is_shown_between_whole_words() -> None:
    text = "gara gara gara " + "altro " * 40 + "la gara dei comuni " + "altro " * 40
    shown = excerpt(text, found(text, "gara", "comuni"), 60)
    assert "la <mark>gara</mark> dei <mark>comuni</mark>" in shown
    assert re.fullmatch(r"…(altro )+la .*(altro ?)+…", shown)


@pytest.mark.parametrize("length", [20, 130, 220])
def test_one_span_longer_than_the_excerpt_is_whole(length: int) -> None:
    text = "prima " * 50 + "x" * 300 + " poi" * 50
    assert f"<mark>{'x' * 300}</mark>" in excerpt(text, found(text, "x+"), length)


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    text = "a" * 400 + "gara" + "b" * 400
    shown = excerpt(text, found(text, "gara"), 100)
    assert re.fullmatch(r"…a+<mark>gara</mark>b+…", shown)
    assert len(shown) < 130


def test_what_is_shown_is_escaped() -> None:
    text = "<b>gara</b> & altro"
    shown = excerpt(text, found(text, "gara"), 60)
    assert shown == "&lt;b&gt;<mark>gara</mark>&lt;/b&gt; &amp; altro"


def test_leaders_and_lines_to_fill_in_become_short() -> None:
    text = "Premesse . . . . . . . . 3\nnato a ________ il ../../.... art. 5, 6... e oltre"
    assert without_leaders(text) == ("Premesse … 3\nnato a … il ../../.... art. 5, 6... e oltre")
