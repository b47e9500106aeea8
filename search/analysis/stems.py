"""Snowball's Italian stemmer, and the words that it gets wrong."""

from __future__ import annotations

from snowballstemmer import stemmer

# The right side is the final stem. Kept apart: comunicazione/comune, statistica/stato…
OVERRIDES: dict[str, str] = {
    "ente": "ent",
    "enti": "ent",
    "delibera": "deliber",
    "delibere": "deliber",
    "deliberazione": "deliber",
    "deliberazioni": "deliber",
    "determina": "determin",
    "determine": "determin",
    "determinazione": "determin",
    "determinazioni": "determin",
    "comune": "comun",
    "comuni": "comun",
    "comunicazione": "comunicazion",
    "comunicazioni": "comunicazion",
    "comunita": "comunita",
    "leggenda": "leggend",
    "leggende": "leggend",
    "legge": "legg",
    "leggi": "legg",
    "appalto": "appalt",
    "appalti": "appalt",
    "bando": "band",
    "bandi": "band",
    "banda": "banda",
    "bande": "banda",
    "sua": "sua",
    "sue": "suo",
    "suo": "suo",
    "suoi": "suo",
    "cuc": "cuc",
    "dup": "dup",
    "sit": "sit",
    "sape": "sape",
}
_snowball = stemmer("italian")


def stem(word: str) -> str:
    """Return the stem of a folded word."""
    known = OVERRIDES.get(word)
    if known is not None:
        return known
    return str(_snowball.stemWord(word)) if word.isalpha() else word
