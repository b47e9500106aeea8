"""The Italian analysis chain, the same for every engine, for queries and for highlights.

Acronym dots removed (S.U.A. → sua), legal abbreviations joined (d.lgs. → dlgs, d.P.R. → dpr),
elisions dropped (dell'ente → ente), lower case, ASCII folding, then stem overrides, then the
Snowball stemmer for Italian. No stopwords: the query decides which words it can do without.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from search.analysis.stems import stem

APOSTROPHES = "'’‘ʼ"
# A dotted acronym or abbreviation; d.lgs.; a word with its elided article.
RAW = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"
    r"|[dD]\.?\s?[lL][gG][sS]\b\.?"
    rf"|[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*"
)
ELIDED = frozenset(
    [
        "l",
        "d",
        "un",
        "c",
        "m",
        "t",
        "s",
        "v",
        "n",
        "gl",
        "dell",
        "nell",
        "sull",
        "all",
        "dall",
        "coll",
        "quell",
        "quest",
        "sant",
        "senz",
        "tutt",
        "bell",
        "buon",
        "ciascun",
        "nessun",
        "qualcun",
        "alcun",
        "mezz",
        "pover",
        "grand",
        "anch",
        "dov",
        "com",
        "quand",
        "cent",
        "mill",
        "ogn",
    ]
)
MAX_WORD = 60
CACHE_SIZE = 400_000


class Term(NamedTuple):
    """A word as it is indexed: without its ending, and as written but folded."""

    stem: str
    exact: str


_cache: dict[str, tuple[Term, ...]] = {}


def terms(text: str) -> list[Term]:
    """Return the terms of a text in order."""
    return terms_of(RAW.findall(text))


def terms_of(raws: Iterable[str]) -> list[Term]:
    """Return the terms of the words of a text as they are written there."""
    found: list[Term] = []
    for raw in raws:
        found += _cache.get(raw) or _analysed(raw)
    return found


def spans(text: str) -> Iterator[tuple[int, int, tuple[Term, ...]]]:
    """Yield start, end and terms of each word of a text; an elided article is left outside."""
    for match in RAW.finditer(text):
        raw = match.group()
        analysed = _cache.get(raw) or _analysed(raw)
        if analysed:
            start, end = match.span()
            if len(analysed) == 1 and not raw.isalnum():
                apostrophe = max(raw.rfind(mark) for mark in APOSTROPHES)
                start += apostrophe + 1
            yield start, end, analysed


def acronym_of(raw: str) -> str:
    """Return an upper-case acronym of two to six letters without dots, or an empty string."""
    bare = raw.replace(".", "")
    return bare if 2 <= len(bare) <= 6 and bare.isalpha() and bare.isupper() else ""


def fold(word: str) -> str:
    """Return a word in lower case and without accents."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def _analysed(raw: str) -> tuple[Term, ...]:
    if "." in raw or raw[-1:].isspace():
        parts = [re.sub(r"[.\s]", "", raw)]
    else:
        parts = re.split(f"[{APOSTROPHES}]", raw)
        if len(parts) > 1:
            parts = [part for part in parts[:-1] if part.lower() not in ELIDED] + parts[-1:]
    result = tuple(Term(stem(exact), exact) for part in parts if (exact := fold(part)[:MAX_WORD]))
    if len(_cache) >= CACHE_SIZE:
        _cache.clear()
    _cache[raw] = result
    return result
