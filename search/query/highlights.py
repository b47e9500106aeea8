"""Where a text answers a query."""

from __future__ import annotations

from search.analysis import acronym_of
from search.analysis.chain import spans
from search.query.tree import InTitle, Leaf, Near, Phrase, Prefix, Query, Word, leaves


def matching_spans(text: str, query: Query, title: bool = False) -> list[tuple[int, int]]:
    """Return the spans of the text that answer, adjacent words of a phrase joined.

    What is asked of titles counts when ``title`` says that the text is one.
    """
    asked = _asked(query, title)
    words = list(spans(text))
    stems = {node.stem for node in asked if isinstance(node, Word) and not node.optional}
    for node in asked:
        if isinstance(node, Near):
            stems |= {node.left.stem, node.right.stem}
    starts = tuple(node.start for node in asked if isinstance(node, Prefix))
    capitals = {
        node.acronym for node in asked if isinstance(node, Word) and node.optional and node.acronym
    }
    flat = [(start, end, *term) for start, end, analysed in words for term in analysed]
    found = [
        (start, end)
        for start, end, stem, exact in flat
        if stem in stems or (starts and exact.startswith(starts))
    ]
    if capitals:
        found += [word[:2] for word in words if acronym_of(text[word[0] : word[1]]) in capitals]
    for sequence, written in _sequences(asked):
        source = [exact if written else stem for _, _, stem, exact in flat]
        length = len(sequence)
        for index in range(len(source) - length + 1):
            if source[index] == sequence[0] and tuple(source[index : index + length]) == sequence:
                found.append((flat[index][0], flat[index + length - 1][1]))
    return _merged(sorted(found))


def _asked(query: Query, title: bool) -> list[Leaf]:
    asked: list[Leaf] = []
    for leaf in leaves(query.clauses):
        if not isinstance(leaf, InTitle):
            asked.append(leaf)
        elif title:
            asked.append(leaf.node)
    return asked


def _sequences(asked: list[Leaf]) -> list[tuple[tuple[str, ...], bool]]:
    """Return words one after the other, and whether they are meant as written or as stems."""
    sequences: list[tuple[tuple[str, ...], bool]] = []
    for node in asked:
        if isinstance(node, Phrase):
            sequences.append((node.words, True))
        elif isinstance(node, Word):
            sequences += [(words, False) for words in node.alternatives]
    return sequences


def _merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
