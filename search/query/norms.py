"""Acts in queries: the number of one, however it is typed, is one word; so is ``art. 37``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from search.analysis.acts import YEAR, act_number, writings
from search.query.tree import Clause, Word

# Words of the longest way to spell a number: 7 aprile 2014 n 56.
LONGEST = 5
# What the parts of an act are called, by stem; their abbreviations have the same.
PARTS = frozenset({"articol", "comm"})
# Texts write "legge 56/2014", "l. 56/2014" or "regolamento (UE) n. 2021/1060": before a number
# the kind of act, and whose it is, say nothing.
OF_ACTS = "legg decret regolament direttiv dlgs dpr dpcm dl dm lr l n ue ce cee"
KINDS = frozenset(OF_ACTS.split())


def spelled_number(words: Sequence[str]) -> tuple[tuple[str, str], int] | None:
    """Return number and year of words that begin ``2014 n 56`` or ``n 56 del 2014``, and how many.

    The day and month of ``7 aprile 2014, n. 56`` may stand before them.
    """
    for length, year, number in ((5, 2, 4), (3, 0, 2), (4, 3, 1)):
        here = words[:length]
        if len(here) < length or not YEAR.fullmatch(here[year]) or not here[number].isdecimal():
            continue
        if length == 4:
            spelled = here[0] == "n" and here[2] == "del"
        else:
            spelled = here[-2] == "n" and (length == 3 or here[0].isdecimal())
        if spelled:
            return (here[number], here[year]), length
    return None


def part_number(stem: str, following: str) -> tuple[str, ...] | None:
    """Return the words of ``art. 37`` or ``comma 4``, None when the two are no part of an act."""
    if stem in PARTS and following[:1].isdigit():
        return (stem, following)
    return None


def act(number: str, year: str) -> Word:
    """Return the word that stands for an act, however its number is written."""
    name = f"{number}/{year}"
    return Word(stem=name, exact=name, alternatives=writings(number, year))


def with_acts(clauses: list[Clause]) -> list[Clause]:
    """Make one word of the words that spell out the number of an act, and of ``art. 37``."""
    found: list[Clause] = []
    position = 0
    while position < len(clauses):
        words = _plain_words(clauses[position : position + LONGEST])
        spelled = spelled_number([word.exact for word in words])
        part = part_number(words[0].stem, words[1].exact) if len(words) > 1 else None
        if spelled:
            found.append(Clause(act(*spelled[0])))
            position += spelled[1]
        elif part:
            found.append(Clause(Word(part[1], part[1], alternatives=(part,))))
            position += 2
        else:
            found.append(clauses[position])
            position += 1
    for position in reversed(range(len(found) - 1)):
        clause, following = found[position], found[position + 1]
        if isinstance(clause.node, Word) and _is_kind(clause) and _names_act(following):
            found[position] = replace(clause, node=replace(clause.node, optional=True))
    return found


def _is_kind(clause: Clause) -> bool:
    return isinstance(clause.node, Word) and clause.node.stem in KINDS and not clause.negated


def _names_act(clause: Clause) -> bool:
    """Tell whether a clause is the number of an act, or a word before one."""
    if not isinstance(clause.node, Word):
        return False
    known = act_number(clause.node.exact) is not None
    return known or (_is_kind(clause) and clause.node.optional)


def _plain_words(clauses: Sequence[Clause]) -> list[Word]:
    words: list[Word] = []
    for clause in clauses:
        if clause.negated or not isinstance(clause.node, Word):
            break
        words.append(clause.node)
    return words
