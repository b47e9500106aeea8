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
    found = [
        (start, end)
        for start, end, analysed in words
        if any(term.stem in stems or term.exact.startswith(starts) for term in analysed)
        or (capitals and acronym_of(text[start:end]) in capitals)
    ]
    flat = [(start, end, term) for start, end, analysed in words for term in analysed]
    exact = [term.exact for _, _, term in flat]
    stemmed = [term.stem for _, _, term in flat]
    for sequence, source in _sequences(asked, exact, stemmed):
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


def _sequences(
    asked: list[Leaf], exact: list[str], stemmed: list[str]
) -> list[tuple[tuple[str, ...], list[str]]]:
    sequences: list[tuple[tuple[str, ...], list[str]]] = []
    for node in asked:
        if isinstance(node, Phrase):
            sequences.append((node.words, exact))
        elif isinstance(node, Word):
            sequences += [(words, stemmed) for words in node.alternatives]
    return sequences


def _merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
