"""From what a reader types to the query tree: any text whatever parses.

``words "exact phrase" -word word* a NEAR/10 b titolo:word E O NON (…)``. Words beside one another
are wanted together; O binds closer than that, E closer than O, NON and NEAR closest.
"""

from __future__ import annotations

import re
from dataclasses import replace

from search.analysis import acronym_of, terms
from search.analysis.acts import act_number
from search.analysis.chain import RAW, fold
from search.query.expansion import alternatives, is_stopword, phrases
from search.query.fields import in_facet
from search.query.highlights import matching_spans
from search.query.norms import act, with_acts
from search.query.notes import Note
from search.query.tokens import Token, balanced, tokens, without_dangling
from search.query.tree import (
    AllOf,
    AnyOf,
    Clause,
    InTitle,
    Near,
    Node,
    Phrase,
    Prefix,
    Query,
    Word,
)

__all__ = ["Query", "is_shouted", "matching_spans", "parse"]

MAX_LENGTH = 2000
MAX_LEAVES = 32
DEEPEST = 12
SHORTEST_PREFIX = 2
LONGEST_ACRONYM_SHOUTED = 4
SMALL = re.compile(r"[a-zà-ÿ]")
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
OPERATORS = {"and", "or", "not", "near"}


def parse(text: str) -> Query:
    """Parse whatever is typed; SUA is the acronym, lower-case sua a stopword."""
    typed = text[:MAX_LENGTH].translate(QUOTES)
    cleaned = "".join(mark if mark.isprintable() else " " for mark in typed)
    shouting = is_shouted(cleaned)
    notes = [Note("shortened")] if len(text) > MAX_LENGTH else []
    pieces: list[Token] = []
    for piece in tokens(cleaned, shouting):
        if isinstance(piece, Token):
            pieces.append(piece)
        else:
            notes.append(piece)
    pieces, unpaired = balanced(pieces, DEEPEST)
    pieces, dangling = without_dangling(pieces)
    reading = _Reading(pieces, shouting)
    clauses = reading.sequence()
    notes += [*unpaired, *dangling, *reading.notes]
    wanted = [clause for clause in clauses if not clause.negated]
    if clauses and not wanted:
        notes.append(Note("exclusions"))
    return Query(
        cleaned.strip(),
        _with_something_required(clauses),
        # Parentheses alone say nothing: "reg. (UE) 2021/1060" is written so.
        strict=any(
            token.kind in OPERATORS or (token.kind == "open" and token.negated) for token in pieces
        ),
        notes=tuple(dict.fromkeys(notes)),
    )


def is_shouted(text: str) -> bool:
    """Tell whether all is in capitals although not all are acronyms: then capitals say nothing."""
    words = RAW.findall(text)
    if SMALL.search(text) or len(words) < 3:
        return False
    plain = [word for word in words if word not in ("E", "O", "NON")]
    return any(len(word) > LONGEST_ACRONYM_SHOUTED and word.isalpha() for word in plain) or any(
        is_stopword(exact) and not alternatives(exact) for exact in map(fold, plain)
    )


class _Reading:
    """The descent through tokens whose parentheses are in pairs and whose operators stand well."""

    def __init__(self, found: list[Token], shouting: bool) -> None:
        self.tokens = found
        self.position = 0
        self.shouting = shouting
        self.left = MAX_LEAVES
        self.notes: list[Note] = []

    @property
    def kind(self) -> str:
        """The kind of the next token, empty at the end."""
        return self.tokens[self.position].kind if self.position < len(self.tokens) else ""

    def next(self) -> Token:
        """Take the next token."""
        self.position += 1
        return self.tokens[self.position - 1]

    def sequence(self) -> list[Clause]:
        """Read what stands side by side, up to a closing parenthesis."""
        found: list[Clause] = []
        while self.kind not in ("", "close"):
            found += self.either()
        return _united(with_acts(found))

    def either(self) -> list[Clause]:
        """Read ``a O b``."""
        options = [self.together()]
        while self.kind == "or":
            self.next()
            options.append(self.together())
        if len(options) == 1:
            return options[0]
        nodes = [node for clauses in options if (node := _one(clauses)) is not None]
        if not nodes:
            return []
        return [Clause(AnyOf(tuple(nodes)) if len(nodes) > 1 else nodes[0])]

    def together(self) -> list[Clause]:
        """Read ``a E b``."""
        found = self.unary()
        while self.kind == "and":
            self.next()
            found += self.unary()
        return found

    def unary(self) -> list[Clause]:
        """Read ``NON a``, or words NEAR one another."""
        negated = False
        while self.kind == "not":
            self.next()
            negated = not negated
        found = self.near()
        return _negated(found) if negated else found

    def near(self) -> list[Clause]:
        """Read ``a NEAR/10 b``, also several in a row."""
        left = self.primary()
        if self.kind != "near":
            return left
        found: list[Clause] = []
        while self.kind == "near":
            operator = self.next()
            right = self.primary()
            pair = [_only_word(left), _only_word(right)]
            if pair[0] and pair[1]:
                found.append(Clause(Near(pair[0], pair[1], operator.distance)))
            else:
                self.notes.append(Note("near", operator.typed))
                found += left + right
            left = right
        return list(dict.fromkeys(found))

    def primary(self) -> list[Clause]:
        """Read a word, a phrase, a field or what is between parentheses."""
        token = self.next()
        if token.kind == "open":
            found = self.sequence()
            if self.kind == "close":
                self.next()
        else:
            found = self.leaf(token)
        return _negated(found) if token.negated else found

    def leaf(self, token: Token) -> list[Clause]:
        """Return the clauses of a word or a phrase, no more than the query may have."""
        if token.field and token.field != "title":
            facet = in_facet(token.field, token.typed)
            if facet is None:
                self.notes.append(Note("value", token.typed[:60]))
            nodes: list[Node] = [facet] if facet else []
        else:
            nodes = self.text(token)
        if len(nodes) > self.left:
            self.notes.append(Note("shortened"))
            nodes = nodes[: self.left]
        self.left -= len(nodes)
        return [Clause(node) for node in nodes]

    def text(self, token: Token) -> list[Node]:
        """Return the nodes of something to be found in the text, or in the title."""
        nodes: list[Word | Phrase | Prefix]
        if token.kind == "phrase":
            exact = tuple(term.exact for term in terms(token.typed))
            nodes = [Phrase(exact)] if exact else []
        elif "*" in token.typed:
            nodes = self.prefixes(token.typed)
        else:
            nodes = list(_words(token.typed, self.shouting))
        if token.field:
            kept = [node for node in nodes if not (isinstance(node, Word) and node.optional)]
            return [InTitle(node) for node in kept or nodes]
        return list(nodes)

    def prefixes(self, typed: str) -> list[Word | Phrase | Prefix]:
        """Return a prefix for each beginning before an asterisk, words for the rest."""
        found: list[Word | Phrase | Prefix] = []
        pieces = typed.split("*")
        for number, piece in enumerate(pieces):
            words = _words(piece, self.shouting)
            if words and number < len(pieces) - 1:
                last = words.pop()
                found += words
                if len(last.exact) < SHORTEST_PREFIX:
                    self.notes.append(Note("prefix", typed[:60]))
                else:
                    found.append(Prefix(last.exact))
            else:
                found += words
        if not found and typed.strip("*"):
            self.notes.append(Note("prefix", typed[:60]))
        return found


def _words(typed: str, shouting: bool) -> list[Word]:
    number = act_number(typed)
    if number:
        return [act(*number)]
    found: list[Word] = []
    for raw in RAW.findall(typed):
        acronym = "" if shouting else acronym_of(raw)
        for term in terms(raw):
            letter = len(term.exact) == 1 and term.exact.isalpha()
            found.append(
                Word(
                    stem=term.stem,
                    exact=term.exact,
                    acronym=acronym or (term.exact.upper() if alternatives(term.exact) else ""),
                    optional=not acronym and (letter or is_stopword(term.exact)),
                    alternatives=alternatives(term.exact),
                )
            )
    return found


def _one(clauses: list[Clause]) -> Node | None:
    """Return one node for several clauses, None when there is none."""
    if not clauses:
        return None
    if len(clauses) == 1 and not clauses[0].negated:
        return clauses[0].node
    return AllOf(tuple(clauses))


def _negated(clauses: list[Clause]) -> list[Clause]:
    if len(clauses) == 1:
        return [replace(clauses[0], negated=not clauses[0].negated)]
    node = _one(clauses)
    return [Clause(node, negated=True)] if node else []


def _only_word(clauses: list[Clause]) -> Word | None:
    if len(clauses) == 1 and not clauses[0].negated and isinstance(clauses[0].node, Word):
        return clauses[0].node
    return None


def _united(clauses: list[Clause]) -> list[Clause]:
    """Make one word of the words that spell out a known acronym."""
    united: list[Clause] = []
    words = tuple(
        clause.node.stem if isinstance(clause.node, Word) and not clause.negated else ""
        for clause in clauses
    )
    position = 0
    while position < len(clauses):
        for stems, acronym in phrases():
            if words[position : position + len(stems)] == stems:
                united += [Clause(word) for word in _words(acronym.upper(), shouting=False)]
                position += len(stems)
                break
        else:
            united.append(clauses[position])
            position += 1
    return united


def _with_something_required(clauses: list[Clause]) -> tuple[Clause, ...]:
    if any(not clause.negated and not clause.optional for clause in clauses):
        return tuple(clauses)
    return tuple(
        replace(clause, node=replace(clause.node, optional=False))
        if isinstance(clause.node, Word)
        else clause
        for clause in clauses
    )
