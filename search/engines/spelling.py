"""Which known word somebody meant to type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

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
    look: Callable[[Sequence[Word]], Mapping[str, list[str]]],
    seen: Callable[[Sequence[Sought]], set[Sought]],
) -> str:
    """Return a query with its unknown words corrected, or an empty string.

    ``look`` returns those of some words (in their exact form) that nothing the reader may see has,
    with what the whole index has near each; ``seen`` says which of that the reader may see, and
    only those are suggested.
    """
    words = doubtful(query)[:MOST_WORDS]
    near = look(words) if words else {}
    allowed = seen([("text_exact", other) for found in near.values() for other in found])
    better = {}
    for word, others in near.items():
        usable = [other for other in others if ("text_exact", other) in allowed]
        if usable:
            better[word] = usable[0]
    return corrected(query.text, better)


def stemmed(word: Word) -> Sought:
    """Return where a word is looked up to know whether the reader may see something with it."""
    return "text", word.stem


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


def closest(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """Return the words of a vocabulary (with their frequency) that one or two slips made this.

    The nearest first, of equals the most frequent. Slips are counted by optimal string alignment:
    letters swapped are one.
    """
    most = 1 if len(word) < LONG else 2
    near = process.extract(
        word, vocabulary.keys(), scorer=OSA.distance, processor=None, score_cutoff=most, limit=None
    )
    found = [(slips, -vocabulary[known], known) for known, slips, _ in near if slips]
    return [known for _, _, known in sorted(found) if known.isalpha()][:MOST]


def nearest(word: str, beginning: Callable[[str], Mapping[str, int]]) -> list[str]:
    """Return the closest words of a vocabulary that is read by how its words begin.

    One slip in a long word mostly leaves its first two letters, swaps them, doubles one or puts one
    too many: all that begins with either letter is only read when nothing is as near as that.
    """
    found: list[str] = []
    for starts in _beginnings(word):
        vocabulary: dict[str, int] = {}
        for start in dict.fromkeys(starts):
            vocabulary |= beginning(start)
        found = closest(word, vocabulary)
        if found and OSA.distance(word, found[0]) == 1:
            break
    return found


def _beginnings(word: str) -> Iterator[tuple[str, ...]]:
    if len(word) >= LONG:
        yield word[:2], word[1] + word[0], word[1:3], word[0] + word[2]
    yield word[0], word[1]


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
