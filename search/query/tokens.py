"""What a reader types, cut into pieces: words, phrases, operators, parentheses, fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.query.notes import Note

# Fields by the names that a reader may type, accents folded.
FIELDS = {
    "titolo": "title",
    "title": "title",
    "provincia": "province",
    "province": "province",
    "anno": "year",
    "year": "year",
    "tipo": "kind",
    "kind": "kind",
    "rete": "network",
    "network": "network",
}
FIELD = "|".join(FIELDS)
TOKEN = re.compile(
    r"(?P<open>(?P<minus_open>(?<![^\s(])[-−])?\()"
    r"|(?P<close>\))"
    r"|(?P<minus>(?<![^\s(])[-−])?"
    rf"(?:(?P<field>(?i:{FIELD})):(?=[^\s()]))?"
    r'(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"()]+))'
    r'|(?P<stray>")'
)
# Only Italian: OR is also Oristano.
OPERATORS = {"E": "and", "O": "or", "NON": "not"}
NEAR = re.compile(r"NEAR(?:/(\d{1,3}))?")
NEAR_DISTANCE = 10


@dataclass(frozen=True)
class Token:
    """A piece of the typed text; ``kind`` is and, or, not, near, open, close, phrase or word."""

    kind: str
    typed: str
    negated: bool = False
    field: str = ""
    distance: int = 0


def tokens(text: str, plain: bool) -> Iterator[Token | Note]:
    """Yield the tokens; when ``plain``, capitals are no operators."""
    for match in TOKEN.finditer(text):
        if match["open"]:
            yield Token("open", "(", bool(match["minus_open"]))
        elif match["close"]:
            yield Token("close", ")")
        elif match["stray"]:
            yield Note("quote")
        else:
            yield _piece(match, plain)


def _piece(match: re.Match[str], plain: bool) -> Token:
    negated = bool(match["minus"])
    field = FIELDS[match["field"].lower()] if match["field"] else ""
    if match["phrase"] is not None:
        return Token("phrase", match["phrase"], negated, field)
    word = match["word"]
    if not (plain or negated or field):
        if word in OPERATORS:
            return Token(OPERATORS[word], word)
        near = NEAR.fullmatch(word)
        if near:
            return Token("near", word, distance=min(max(int(near[1] or NEAR_DISTANCE), 1), 100))
    return Token("word", word, negated, field)


def balanced(found: list[Token], deepest: int) -> tuple[list[Token], list[Note]]:
    """Return the tokens with parentheses in pairs, at most so deep, and what was left out."""
    kept: list[Token] = []
    codes: dict[str, None] = {}
    depth = 0
    for token in found:
        if token.kind == "open":
            depth += 1
            if depth > deepest:
                codes["deep"] = None
                continue
        elif token.kind == "close":
            if not depth:
                codes["parenthesis"] = None
                continue
            depth -= 1
            if depth >= deepest:
                continue
        kept.append(token)
    if depth:
        codes["parenthesis"] = None
        kept += [Token("close", ")")] * min(depth, deepest)
    return kept, [Note(code) for code in codes]


BEGIN = {"word", "phrase", "open"}
END = {"word", "phrase", "close"}
BINARY = {"and", "or", "near"}


def without_dangling(found: list[Token]) -> tuple[list[Token], list[Note]]:
    """Return the tokens without the operators that stand beside nothing.

    A letter at the end is a word: «allegato E» is no conjunction.
    """
    notes: list[Note] = []
    backwards: list[Token] = []
    after = ""
    for token in reversed(found):
        operator = token.kind in BINARY or token.kind == "not"
        if operator and after not in BEGIN and not (after == "not" and token.kind != "near"):
            if after or token.kind not in ("and", "or"):
                notes.append(Note("operator", token.typed))
                continue
            token = Token("word", token.typed)
        backwards.append(token)
        after = token.kind
    kept: list[Token] = []
    for token in reversed(backwards):
        if token.kind in BINARY and (not kept or kept[-1].kind not in END):
            notes.append(Note("operator", token.typed))
            continue
        kept.append(token)
    return kept, notes
