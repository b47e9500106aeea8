"""What changed between the pages of two versions: pages are paired, then words compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

TOKEN = re.compile(r"\w+\s*|[^\w\s]\s*")
# What one page may cost; beyond it the comparison says that it stopped.
MAX_WORDS = 4000
# Pairs of pages that are looked at one by one in a stretch that changed.
MAX_PAIRS = 2500
ALIKE = 0.25

Pair = tuple[int | None, int | None]


@dataclass(frozen=True)
class Piece:
    """A stretch of text of one side, ``changed`` when the other side lacks it."""

    text: str
    changed: bool


@dataclass(frozen=True)
class PageChanges:
    """Both sides of one page, word by word."""

    old: list[Piece]
    new: list[Piece]
    truncated: bool


def align_pages(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pair the pages of two versions by position; None stands for a page that one side lacks.

    Equal pages anchor the pairing; between them the pages most alike are paired in order, so that
    an inserted page does not make all the following ones differ.
    """
    left, right = [_normal(text) for text in old], [_normal(text) for text in new]
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            pairs += _pair_changed(left, right, range(i1, i2), range(j1, j2))
    return pairs


def same_text(old: str, new: str) -> bool:
    """Tell whether two pages say the same, whatever their spaces and line ends."""
    return _normal(old) == _normal(new)


def word_changes(old: str, new: str) -> PageChanges:
    """Compare two pages word by word; at most ``MAX_WORDS`` words of each."""
    left, right = TOKEN.findall(old), TOKEN.findall(new)
    truncated = max(len(left), len(right)) > MAX_WORDS
    left, right = left[:MAX_WORDS], right[:MAX_WORDS]
    a, b = [word.strip() for word in left], [word.strip() for word in right]
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    old_changed = [False] * len(a)
    new_changed = [False] * len(b)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, middle_a, middle_b).get_opcodes():
        if tag != "equal":
            old_changed[head + i1 : head + i2] = [True] * (i2 - i1)
            new_changed[head + j1 : head + j2] = [True] * (j2 - j1)
    return PageChanges(_pieces(left, old_changed), _pieces(right, new_changed), truncated)


def _normal(text: str) -> str:
    return " ".join(text.split())


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    length = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        length += 1
    return length


def _pieces(words: list[str], changed: list[bool]) -> list[Piece]:
    pieces: list[Piece] = []
    run: list[str] = []
    for position, word in enumerate(words):
        run.append(word)
        last = position + 1 == len(words)
        if last or changed[position + 1] != changed[position]:
            pieces.append(Piece("".join(run), changed[position]))
            run = []
    return pieces


def _pair_changed(left: list[str], right: list[str], rows: range, columns: range) -> list[Pair]:
    """Pair two stretches of differing pages in order, those most alike together."""
    if not rows or not columns or len(rows) * len(columns) > MAX_PAIRS:
        return list(zip_longest(rows, columns))
    words = [set(left[i].split()) for i in rows], [set(right[j].split()) for j in columns]
    n, m = len(rows), len(columns)
    alike = [[_jaccard(one, other) for other in words[1]] for one in words[0]]
    # best[i][j]: the likeness gathered by pairing the pages from i and from j on.
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in reversed(range(n)):
        for j in reversed(range(m)):
            gain = alike[i][j] if alike[i][j] >= ALIKE else -1.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], gain + best[i + 1][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < n and j < m:
        if best[i][j] == best[i + 1][j]:
            pairs.append((rows[i], None))
            i += 1
        elif best[i][j] == best[i][j + 1]:
            pairs.append((None, columns[j]))
            j += 1
        else:
            pairs.append((rows[i], columns[j]))
            i, j = i + 1, j + 1
    pairs += [(rows[k], None) for k in range(i, n)]
    pairs += [(None, columns[k]) for k in range(j, m)]
    return pairs


def _jaccard(one: set[str], other: set[str]) -> float:
    union = len(one | other)
    return len(one & other) / union if union else 1.0
