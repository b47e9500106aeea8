"""Snowball's Italian stemmer, held to give singular and plural of a noun one stem.

Measured on the 42,000 nouns and adjectives of a spelling dictionary, Snowball alone gives 7 % of
them two stems or more: it takes endings of nouns (titolari, cantiere, italiano, comparti) for those
of verbs, and leaves short words as they are (atti, atto). With what follows about half of these
families are whole, the rest being rare words.
"""

from __future__ import annotations

import re

from snowballstemmer import stemmer

from search.analysis.families import OVERRIDES

SHORT = re.compile(r"([aeiou][^aeiou]{1,3})(?:io|[aeio])")
IN_IERE = re.compile(r".{2,}(?<!gl)ier[aeio]")
# Snowball cuts the nouns more than the verbs: certifica and certificazione, certificare.
IN_IFICARE = re.compile(r"(.{2,}ific)(?:[aoi]|h[ei]|are|ano|at[oaie]|azion[ei])")
IN_ATORIO = re.compile(r"(.{2,}ator)i[oae]?")
# Endings that only nouns and adjectives have in acts, with what the stemmer treats alike in all
# forms: italiani as italiano, attive as attivo, complete as completa, chiavi as chiave.
ENDINGS = (
    (re.compile(r"(.{4,}an)[iea]"), "o"),
    (re.compile(r"(.{4,}iv)[aei]"), "o"),
    (re.compile(r"(.{3,}[ae]t)e"), "a"),
    (re.compile(r"(.{2,}av)i"), "e"),
    (re.compile(r"(.{2,}(?:[aei]r[tm]|ass))i"), "o"),
    (IN_ATORIO, "e"),
)
_snowball = stemmer("italian")


def stem(word: str) -> str:
    """Return the stem of a folded word."""
    known = OVERRIDES.get(word)
    if known is not None:
        return known
    if not word.isalpha():
        return word
    if IN_IERE.fullmatch(word):
        return word[:-1]
    cut = SHORT.fullmatch(word) or IN_IFICARE.fullmatch(word)
    if cut:
        return cut[1]
    found = str(_snowball.stemWord(_settled(word)))
    return found[:-1] if len(found) > 3 and found.endswith(("ch", "gh")) else found


def _settled(word: str) -> str:
    """Return the form of a noun or adjective that the stemmer treats as its other forms."""
    for pattern, ending in ENDINGS:
        found = pattern.fullmatch(word)
        if found:
            return found[1] + ending
    return word
