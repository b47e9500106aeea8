"""Words that a query can do without, and words that mean the same."""

from __future__ import annotations

from functools import cache

from search.analysis import terms

STOPWORDS = frozenset(
    [
        "a",
        "ad",
        "al",
        "allo",
        "alla",
        "ai",
        "agli",
        "alle",
        "con",
        "col",
        "coi",
        "da",
        "dal",
        "dallo",
        "dalla",
        "dai",
        "dagli",
        "dalle",
        "di",
        "del",
        "dello",
        "della",
        "dei",
        "degli",
        "delle",
        "e",
        "ed",
        "gli",
        "i",
        "il",
        "in",
        "nel",
        "nello",
        "nella",
        "nei",
        "negli",
        "nelle",
        "la",
        "le",
        "lo",
        "l",
        "o",
        "per",
        "su",
        "sul",
        "sullo",
        "sulla",
        "sui",
        "sugli",
        "sulle",
        "un",
        "uno",
        "una",
        "che",
        "chi",
        "cui",
        "non",
        "ma",
        "se",
        "come",
        "anche",
        "sua",
        "suo",
        "sue",
        "suoi",
        "tra",
        "fra",
        "si",
        "e'",
        "ha",
        "hanno",
        "sono",
        "essere",
        "quale",
        "quali",
        "questo",
        "questa",
        "cosa",
        "dove",
        "quando",
    ]
)

# Acronym and what it stands for: each is looked for when the other is typed.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "sua": ("stazione unica appaltante",),
    "cuc": ("centrale unica di committenza",),
    "sape": ("servizio associato politiche europee", "servizio europa"),
    "sit": ("sistema informativo territoriale",),
    "dup": ("documento unico di programmazione",),
    "dlgs": ("decreto legislativo",),
    "dpr": ("decreto del presidente della repubblica",),
    "pnrr": ("piano nazionale di ripresa e resilienza",),
    "rup": ("responsabile unico del procedimento",),
    "upi": ("unione province d'italia",),
}


def is_stopword(exact: str) -> bool:
    """Tell whether a query can do without a word."""
    return exact in STOPWORDS


@cache
def phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return each phrase as stems with its acronym, the longest first."""
    found = [
        (tuple(term.stem for term in terms(phrase)), acronym)
        for acronym, meanings in SYNONYMS.items()
        for phrase in meanings
    ]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def alternatives(exact: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases, as stems, that mean the same as a word."""
    return tuple(tuple(term.stem for term in terms(phrase)) for phrase in SYNONYMS.get(exact, ()))
