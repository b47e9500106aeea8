"""Which known word somebody meant to type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from search.analysis.chain import spans
from search.query.tree import Query, Word

SHORTEST = 4
LONG = 6
MOST = 6
MOST_WORDS = 4

# A field and a word in it.
Sought = tuple[str, str]


def suggestion(
    query: Query,
    candidates: Callable[[Sequence[str]], dict[str, list[str]]],
    seen: Callable[[Sequence[Sought]], set[Sought]],
) -> str:
    """Return a query with its unknown words corrected, or an empty string.

    ``candidates`` may know every word of the index; ``seen`` says which of some words are in
    what the reader may see, and only those are suggested.
    """
    words = doubtful(query)[:MOST_WORDS]
    known = seen([("text", word.stem) for word in words]) if words else set()
    unknown = [word.exact for word in words if ("text", word.stem) not in known]
    if not unknown:
        return ""
    near = candidates(unknown)
    allowed = seen([("text_exact", other) for found in near.values() for other in found])
    better = {}
    for word in unknown:
        usable = [other for other in near.get(word, []) if ("text_exact", other) in allowed]
        if usable:
            better[word] = usable[0]
    return corrected(query.text, better)


def doubtful(query: Query) -> list[Word]:
    """Return the words of a query that may be misspelt: long enough, of letters, no acronyms."""
    return [
        node
        for clause in query.required
        if isinstance(node := clause.node, Word)
        and len(node.exact) >= SHORTEST
        and node.exact.isalpha()
        and not node.acronym
    ]


def closest(word: str, vocabulary: Iterable[tuple[str, int]]) -> list[str]:
    """Return the words of a vocabulary (with their frequency) that one or two slips made this.

    The nearest first, of equals the most frequent.
    """
    most = 1 if len(word) < LONG else 2
    found = []
    for known, frequency in vocabulary:
        longer = max(len(word), len(known))
        if longer - min(len(word), len(known)) > most or longer - in_common(word, known) > most:
            continue
        if known.isalpha() and 0 < (slips := distance(word, known, most)) <= most:
            found.append((slips, -frequency, known))
    return [known for _, _, known in sorted(found)[:MOST]]


def in_common(word: str, other: str) -> int:
    """Return how many letters two words share, wherever they stand."""
    rest = other
    for letter in word:
        rest = rest.replace(letter, "", 1)
    return len(other) - len(rest)


def distance(left: str, right: str, most: int) -> int:
    """Return the edits between two words; letters swapped are one (optimal string alignment).

    What needs more than ``most`` is not counted to the end: the answer is some greater number.
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, mark in enumerate(left, start=1):
        earlier, before, row = before, row, [i] + [most + 1] * len(right)
        # An edit moves the words against one another by a place at the most.
        for j in range(max(i - most, 1), min(i + most, len(right)) + 1):
            other = right[j - 1]
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (mark != other))
            if i > 1 and j > 1 and mark == right[j - 2] and left[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row[j] = cost
        if min(row) > most and min(before) > most:
            break
    return row[-1]


def corrected(text: str, corrections: dict[str, str]) -> str:
    """Return what was typed with some words (in their exact form) replaced by others."""
    pieces: list[str] = []
    done = 0
    for start, end, analysed in _replaceable(text):
        better = corrections.get(analysed)
        if better:
            pieces += [text[done:start], better]
            done = end
    return "".join(pieces) + text[done:] if pieces else ""


def _replaceable(text: str) -> Iterator[tuple[int, int, str]]:
    for start, end, analysed in spans(text):
        if len(analysed) == 1:
            yield start, end, analysed[0].exact
