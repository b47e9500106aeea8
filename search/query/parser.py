"""From what a reader types to the query tree: any text whatever parses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.analysis import acronym_of, terms
from search.analysis.chain import RAW, spans
from search.query.expansion import alternatives, is_stopword, phrases
from search.query.tree import Clause, Phrase, Word

MAX_LENGTH = 2000
MAX_CLAUSES = 32
TOKEN = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
CAPITALS = re.compile(r"[a-zà-ÿ]")


@dataclass(frozen=True)
class Query:
    """A parsed query and what of the typed text it left out."""

    text: str
    clauses: tuple[Clause, ...]
    shortened: bool = False

    @property
    def wanted(self) -> tuple[Clause, ...]:
        """The clauses that a result should have."""
        return tuple(clause for clause in self.clauses if not clause.negated)

    @property
    def unwanted(self) -> tuple[Clause, ...]:
        """The clauses that a result must not have."""
        return tuple(clause for clause in self.clauses if clause.negated)


def parse(text: str) -> Query:
    """Parse ``words "exact phrase" -word``; SUA is the acronym, lower-case sua a stopword."""
    cleaned = "".join(mark if mark.isprintable() else " " for mark in text[:MAX_LENGTH])
    shortened = len(text) > MAX_LENGTH
    # In a query written all in capitals, capitals say nothing.
    shouting = not CAPITALS.search(cleaned) and len(cleaned.split()) > 2
    clauses: list[Clause] = []
    for match in TOKEN.finditer(cleaned):
        negated = bool(match["minus"])
        if match["phrase"] is not None:
            words = tuple(term.exact for term in terms(match["phrase"]))
            if words:
                clauses.append(Clause(Phrase(words), negated))
            continue
        clauses += [Clause(word, negated) for word in _words(match["word"], shouting)]
    clauses = _united(clauses)
    if len(clauses) > MAX_CLAUSES:
        clauses, shortened = clauses[:MAX_CLAUSES], True
    return Query(cleaned.strip(), _with_something_required(clauses), shortened)


def _words(typed: str, shouting: bool) -> list[Word]:
    found: list[Word] = []
    for raw in RAW.findall(typed):
        acronym = "" if shouting else acronym_of(raw)
        for term in terms(raw):
            found.append(
                Word(
                    stem=term.stem,
                    exact=term.exact,
                    acronym=acronym or (term.exact.upper() if alternatives(term.exact) else ""),
                    optional=not acronym and is_stopword(term.exact),
                    alternatives=alternatives(term.exact),
                )
            )
    return found


def _united(clauses: list[Clause]) -> list[Clause]:
    """Make one word of the words that spell out a known acronym."""
    united: list[Clause] = []
    position = 0
    while position < len(clauses):
        for stems, acronym in phrases():
            here = clauses[position : position + len(stems)]
            words = [
                clause.node.stem
                for clause in here
                if isinstance(clause.node, Word) and not clause.negated
            ]
            if tuple(words) == stems:
                united += [Clause(word) for word in _words(acronym.upper(), shouting=False)]
                position += len(stems)
                break
        else:
            united.append(clauses[position])
            position += 1
    return united


def _with_something_required(clauses: list[Clause]) -> tuple[Clause, ...]:
    required = [
        clause
        for clause in clauses
        if not clause.negated and not (isinstance(clause.node, Word) and clause.node.optional)
    ]
    if required:
        return tuple(clauses)
    return tuple(
        Clause(Word(node.stem, node.exact, node.acronym, False, node.alternatives), clause.negated)
        if isinstance(node := clause.node, Word)
        else clause
        for clause in clauses
    )


def matching_spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Return the spans of the text that answer the query, adjacent words of a phrase joined."""
    words = list(spans(text))
    stems = {
        clause.node.stem
        for clause in query.wanted
        if isinstance(clause.node, Word) and not clause.node.optional
    }
    capitals = {
        clause.node.acronym
        for clause in query.wanted
        if isinstance(clause.node, Word) and clause.node.optional and clause.node.acronym
    }
    found = [
        (start, end)
        for start, end, analysed in words
        if any(term.stem in stems for term in analysed)
        or (capitals and acronym_of(text[start:end]) in capitals)
    ]
    flat = [(start, end, term) for start, end, analysed in words for term in analysed]
    exact = [term.exact for _, _, term in flat]
    stemmed = [term.stem for _, _, term in flat]
    for sequence, source in _sequences(query, exact, stemmed):
        length = len(sequence)
        for index in range(len(source) - length + 1):
            if tuple(source[index : index + length]) == sequence:
                found.append((flat[index][0], flat[index + length - 1][1]))
    return _merged(sorted(found))


def _sequences(
    query: Query, exact: list[str], stemmed: list[str]
) -> list[tuple[tuple[str, ...], list[str]]]:
    sequences: list[tuple[tuple[str, ...], list[str]]] = []
    for clause in query.wanted:
        if isinstance(clause.node, Phrase):
            sequences.append((clause.node.words, exact))
        else:
            sequences += [(words, stemmed) for words in clause.node.alternatives]
    return sequences


def _merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
