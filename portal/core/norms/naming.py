"""How acts are named: by kind before a number, or by the name that everybody uses.

The patterns are kept by their first letter, so that a place in the text tries few of them.
"""

from __future__ import annotations

import re


def by_letter(alternatives: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    """Return for each first letter one pattern whose groups are the names of the alternatives."""
    letters: dict[str, list[str]] = {}
    for name, patterns in alternatives.items():
        firsts: dict[str, list[str]] = {}
        for pattern in patterns:
            firsts.setdefault(pattern[0], []).append(pattern)
        for letter, same in firsts.items():
            letters.setdefault(letter, []).append(f"(?P<{name}>{'|'.join(same)})")
    return {letter: re.compile("|".join(groups), re.I) for letter, groups in letters.items()}


def match_at(table: dict[str, re.Pattern[str]], text: str, position: int) -> re.Match[str] | None:
    """Return the match of a table at a place of a text."""
    pattern = table.get(text[position : position + 1].lower())
    return pattern.match(text, position) if pattern else None


KINDS = by_letter(
    {
        "regional": [
            r"legg[ei] (?:regional[ei]\b|della regione\b)",
            r"l\. {0,2}r\.",
            r"l\.r\b",
            r"lr\b",
        ],
        "constitutional_law": [r"legge cost(?:ituzionale\b|\.)", r"l\. {0,2}cost\."],
        "law": [r"legg[ei]\b", r"l\.", r"l\b(?= {0,2}n\.| {0,2}\d{1,4}/\d)"],
        "legislative_decree": [
            r"decret[oi] (?:legislativ[oi]\b|leg\.vo)",
            r"d\. {0,2}l(?:gs|g)\.? ?(?:vo\b)?",
            r"d\.l\.vo",
            r"dlgs\b\.?",
        ],
        "decree_law": [r"decret[oi][ -]legge\b", r"d\. {0,2}l\.", r"dl\b(?= {0,2}n?\.? {0,2}\d)"],
        "presidential_decree": [
            r"decreto del presidente della repubblica\b",
            r"d\. ?p\. ?r\.?",
            r"dpr\b",
        ],
        "premier_decree": [
            r"decreto del presidente del consiglio dei ministri\b",
            r"d\.p\.c\.m\.?",
            r"dpcm\b",
        ],
        "royal_decree_law": [r"regio decreto[ -]legge\b", r"r\.d\.l\."],
        "royal_decree": [r"regio decreto\b", r"r\. ?d\.", r"rd\b(?= {0,2}n?\.? {0,2}\d)"],
        "regulation": [r"regolament[oi]\b", r"reg\."],
        "directive": [r"direttiv[ae]\b", r"dir\."],
    }
)
NAMES = by_letter(
    {
        "local_bodies": [
            r"t\.?u\.?e\.?l\b\.?",
            r"testo unico (?:delle leggi sull'ordinamento )?degli enti locali\b",
        ],
        "contracts": [r"codice (?:dei contratti(?: pubblici)?|degli appalti)\b"],
        "digital": [r"codice dell'amministrazione digitale\b", r"cad\b(?! {0,2}[/-])"],
        "environment": [
            r"codice dell'ambiente\b",
            r"testo unico ambientale\b",
            r"codice ambientale\b",
        ],
        "privacy": [r"codice (?:in materia di protezione dei dati personali|(?:della )?privacy)\b"],
        "public_work": [r"testo unico (?:del|sul) pubblico impiego\b", r"tupi\b"],
        "public_companies": [
            r"testo unico (?:in materia di|sulle|delle) società (?:a )?parteci[a-z]+\b",
            r"tusp\b",
        ],
        "roads": [r"codice della strada\b"],
        "civil_protection": [r"codice della protezione civile\b"],
        "third_sector": [r"codice del terzo settore\b"],
        "antimafia": [r"codice antimafia\b"],
        "building": [r"testo unico (?:dell'|in materia )edilizia\b"],
        "provinces_reform": [r"legge delrio\b"],
        "workers_statute": [r"statuto dei lavoratori\b"],
        "gdpr": [r"gdpr\b", r"regolamento generale sulla protezione dei dati\b"],
        "constitution": [r"costituzione\b", r"cost\."],
        "civil_procedure": [r"codice di procedura civile\b", r"c\.p\.c\."],
        "penal_procedure": [r"codice di procedura penale\b", r"c\.p\.p\."],
        "civil": [r"codice civile\b", r"c\.c\.", r"cod\. civ\."],
        "penal": [r"codice penale\b", r"c\.p\.(?!\w)", r"cod\. pen\."],
    }
)
# Names that mean the norm only beside one of its articles.
WITH_ARTICLE = {"constitution", "digital", "civil", "penal", "civil_procedure", "penal_procedure"}
