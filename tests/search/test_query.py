"""The query language: any text parses, and what was not understood is said."""

from __future__ import annotations

import timeit

import pytest
from hypothesis import given, strategies
from hypothesis import settings as bounded

from search.query import AnyOf, InFacet, InTitle, Near, Phrase, Prefix, Word, leaves, parse
from search.query.fields import resolved
from search.query.highlights import matching_spans


def marked(text: str, typed: str, title: bool = False) -> list[str]:
    """Return the pieces of a text that answer."""
    return [text[start:end] for start, end in matching_spans(text, parse(typed), title)]


def codes(typed: str) -> list[str]:
    """Return the codes of what was not understood."""
    return [note.code for note in parse(typed).notes]


def test_words_phrases_and_exclusions() -> None:
    query = parse('convenzione "dei comuni" -gara -"in economia"')
    word, phrase = query.wanted
    assert isinstance(word.node, Word)
    assert phrase.node == Phrase(("dei", "comuni"))
    assert len(query.unwanted) == 2
    assert not query.strict


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("a1 O b1 c1", "(a1 O b1) c1"),
        ("a1 E b1 O c1", "(a1 E b1) O c1"),
        ("a1 O b1 E c1", "a1 O (b1 E c1)"),
        ("NON a1 O b1", "(NON a1) O b1"),
        ("NON NON gara", "(gara)"),
        ("-(a1)", "NON (a1)"),
        ("gara NON lavori", "gara E NON lavori"),
    ],
)
def test_which_operator_binds_closer(typed: str, same: str) -> None:
    assert parse(typed).clauses == parse(same).clauses
    assert parse(typed).strict


def test_parentheses_alone_say_nothing() -> None:
    assert parse("((gara))").clauses == parse("gara").clauses
    assert not parse("((gara))").strict
    assert parse("gara -(lavori servizi)").strict


def test_what_an_act_is_says_nothing_before_its_number() -> None:
    for typed in ("reg. (UE) 2021/1060", "regolamento UE n. 2021/1060", "reg. (CE) n. 2021/1060"):
        query = parse(typed)
        assert [clause.node.exact for clause in query.required] == ["1060/2021"], typed
        assert not query.strict
    assert len(parse("regolamento della SUA").required) == 2


def test_operators_are_upper_case() -> None:
    assert not parse("gara e lavori o servizi non forniture").strict
    assert not parse("(gara lavori").strict
    assert isinstance(parse("gara O lavori").wanted[0].node, AnyOf)
    assert not parse("CONVENZIONE E COMUNI ADERENTI").strict
    assert parse("SUA O CUC").strict
    assert parse("OR").wanted[0].node == Word("or", "or", "OR")


def test_capitals_are_acronyms() -> None:
    (upper,), (lower,) = parse("SUA").required, parse("sua").required
    assert isinstance(upper.node, Word)
    assert isinstance(lower.node, Word)
    assert upper.node.acronym == "SUA"
    assert parse("la sua convenzione").required == parse("convenzione").required
    assert parse("SUA convenzione").required != parse("convenzione").required


def test_prefix_near_and_fields() -> None:
    prefix, near, title, year = parse(
        "rendic* convenzione NEAR/7 comuni titolo:gara anno:2020-2021"
    ).wanted
    assert prefix.node == Prefix("rendic")
    assert isinstance(near.node, Near)
    assert near.node.distance == 7
    assert isinstance(title.node, InTitle)
    assert isinstance(year.node, InFacet)
    assert year.node.options == (("year", "2020"), ("year", "2021"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("convenzione", []),
        ('gara "lavori', ["quote"]),
        ("(gara", ["parenthesis"]),
        ("gara)", ["parenthesis"]),
        ("O gara", ["operator"]),
        ("gara NON", ["operator"]),
        ("allegato E", []),
        ("gara NEAR (lavori servizi)", ["near"]),
        ("a*", ["prefix"]),
        ("gara anno:ieri", ["value"]),
        ("-gara", ["exclusions"]),
        ("(" * 20 + "gara" + ")" * 20, ["deep"]),
        ("parola " * 500, ["shortened"]),
        ("uno due tre " * 12, ["shortened"]),
    ],
)
def test_what_was_not_understood_is_said(typed: str, expected: list[str]) -> None:
    assert codes(typed) == expected
    assert all(str(note).endswith((".", "».")) for note in parse(typed).notes)


def test_values_of_fields_are_resolved() -> None:
    query = resolved(
        parse("gara (rete:sua O rete:nessuna)"),
        lambda node: (("network", "sua"),) if node.typed == "sua" else (),
    )
    assert [note.code for note in query.notes] == ["value"]
    found = [leaf.options for leaf in leaves(query.clauses) if isinstance(leaf, InFacet)]
    assert found == [(("network", "sua"),), ()]


def test_highlights_follow_the_tree() -> None:
    text = "La rendicontazione della convenzione tra i Comuni, e la gara"
    assert marked(text, "rendic*") == ["rendicontazione"]
    assert marked(text, "convenzione NEAR/5 comune") == ["convenzione", "Comuni"]
    assert marked(text, "gara O (rendicontazioni NON comuni)") == ["rendicontazione", "gara"]
    assert marked(text, '"tra i comuni" -gara') == ["tra i Comuni"]
    assert marked(text, "titolo:gara anno:2022") == []
    assert marked(text, "titolo:gara", title=True) == ["gara"]


HOSTILE = [
    "(" * 100_000,
    "a O " * 25_000,
    "NON " * 25_000,
    "a NEAR " * 14_000,
    '"' * 100_001,
    "(a" * 50_000,
    "x" * 100_000,
    "*" * 100_000,
    "-" * 100_000,
    "ab* " * 25_000,
    "titolo:" * 14_000,
    "\u202e🏛️" * 30_000,
    "\x00\x07" * 50_000,
    "a.b." * 25_000,
    "l'" * 50_000,
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_the_worst_parses_within_the_time(typed: str) -> None:
    assert min(timeit.repeat(lambda: parse(typed), number=1, repeat=3)) < 0.2


@given(strategies.text(max_size=200))
@bounded(max_examples=150, deadline=None)
def test_any_text_parses(words: str) -> None:
    query = parse(words)
    assert len(query.wanted) + len(query.unwanted) == len(query.clauses)


PIECES = strategies.sampled_from(
    ["E", "O", "NON", "NEAR/3", "(", ")", '"', "-", "gara", "SUA", "di", "ab*", "titolo:", "*"]
)


@given(strategies.lists(PIECES, max_size=40), strategies.sampled_from(["", " "]))
@bounded(max_examples=300, deadline=None)
def test_any_mixture_of_operators_parses(pieces: list[str], between: str) -> None:
    typed = between.join(pieces)
    query = parse(typed)
    assert not query.clauses or query.wanted or query.unwanted
    assert matching_spans("la gara della SUA", query) is not None
