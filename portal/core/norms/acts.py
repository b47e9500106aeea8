"""The acts: their kinds, the names everybody uses for some of them, labels and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

NORMATTIVA = "https://www.normattiva.it/uri-res/N2Ls?"
EUR_LEX = "https://eur-lex.europa.eu/eli/{kind}/{year}/{number}/oj/ita"


@dataclass(frozen=True)
class Kind:
    """A kind of act: who issues it, its name in the URN, its short Italian form.

    ``yearly`` acts are numbered anew each year, so that year and number name one act.
    """

    authority: str
    name: str
    short: str
    yearly: bool = True


KINDS = {
    "law": Kind("stato", "legge", "l."),
    "constitutional_law": Kind("stato", "legge.costituzionale", "l. cost."),
    "legislative_decree": Kind("stato", "decreto.legislativo", "d.lgs."),
    "decree_law": Kind("stato", "decreto.legge", "d.l."),
    "presidential_decree": Kind("stato", "decreto.del.presidente.della.repubblica", "d.P.R."),
    "premier_decree": Kind(
        "stato", "decreto.del.presidente.del.consiglio.dei.ministri", "d.P.C.M.", yearly=False
    ),
    "royal_decree": Kind("stato", "regio.decreto", "r.d."),
    "royal_decree_law": Kind("stato", "regio.decreto.legge", "r.d.l."),
    "regulation": Kind("unione.europea", "regolamento", "reg."),
    "directive": Kind("unione.europea", "direttiva", "dir."),
}
REGIONS = {
    "abruzzo": "Abruzzo",
    "basilicata": "Basilicata",
    "calabria": "Calabria",
    "campania": "Campania",
    "emilia.romagna": "Emilia-Romagna",
    "friuli.venezia.giulia": "Friuli Venezia Giulia",
    "lazio": "Lazio",
    "liguria": "Liguria",
    "lombardia": "Lombardia",
    "marche": "Marche",
    "molise": "Molise",
    "piemonte": "Piemonte",
    "puglia": "Puglia",
    "sardegna": "Sardegna",
    "sicilia": "Sicilia",
    "toscana": "Toscana",
    "trentino.alto.adige": "Trentino-Alto Adige",
    "umbria": "Umbria",
    "valle.aosta": "Valle d'Aosta",
    "veneto": "Veneto",
}


_SHORTS = {(kind.authority, kind.name): kind.short for kind in KINDS.values()}
_URN = re.compile(r"urn:nir:([a-z.]+):([a-z.]+):(\d{4})(?:-\d\d-\d\d)?;(\d+)")
_NAMES = {
    "urn:nir:stato:costituzione:1947-12-27": "Cost.",
    "urn:nir:stato:regio.decreto:1942-03-16;262:2": "c.c.",
    "urn:nir:stato:regio.decreto:1940-10-28;1443:1": "c.p.c.",
    "urn:nir:stato:regio.decreto:1930-10-19;1398:1": "c.p.",
}


def act_label(act: str) -> str:
    """Return the short Italian form of an act's URN, the URN itself when it is not one of ours."""
    if act in _NAMES:
        return _NAMES[act]
    found = _URN.fullmatch(act)
    if found is None:
        return act
    authority, name, year, number = found.groups()
    if authority == "unione.europea":
        return _european_label(name, int(year), number)
    if authority.startswith("regione."):
        region = REGIONS.get(authority.removeprefix("regione."), "")
        return f"l.r. {region} {number}/{year}"
    return f"{_SHORTS.get((authority, name), name)} {number}/{year}"


def _european_label(name: str, year: int, number: str) -> str:
    body = "UE" if year > 2009 else "CE" if year > 1993 else "CEE"
    if name == "direttiva":
        return f"dir. ({body}) {year}/{number}" if year > 2014 else f"dir. {year}/{number}/{body}"
    return f"reg. ({body}) {year}/{number}" if year > 2014 else f"reg. ({body}) n. {number}/{year}"


def act_url(urn: str) -> str:
    """Return where an act, or an article of it, is read."""
    found = re.match(r"urn:nir:unione\.europea:(regolamento|direttiva):(\d+);(\d+)", urn)
    if found is None:
        return NORMATTIVA + urn
    kind = "reg" if found[1] == "regolamento" else "dir"
    return EUR_LEX.format(kind=kind, year=found[2], number=found[3])


@dataclass(frozen=True)
class Act:
    """One act: its URN with all that is known, the URN that names it always, its short form."""

    urn: str
    act: str
    label: str


def numbered(kind: str, year: int, number: int, day: date | None = None, region: str = "") -> Act:
    """Return an act by its number; the day, when known, makes the URN complete."""
    found = Kind(f"regione.{region}", "legge", "") if region else KINDS[kind]
    stem = f"urn:nir:{found.authority}:{found.name}:"
    urn = f"{stem}{day.isoformat() if day else year};{number}"
    act = f"{stem}{year};{number}" if found.yearly else urn
    return Act(urn, act, act_label(act))


def _code(urn: str) -> Act:
    return Act(urn, urn, act_label(urn))


def _decree(day: str, number: int, kind: str = "legislative_decree") -> Act:
    known = date.fromisoformat(day)
    return numbered(kind, known.year, number, known)


# The annex number is part of the name of the codes (``:2`` is the second annex of the decree).
CODES = {
    "constitution": _code("urn:nir:stato:costituzione:1947-12-27"),
    "civil": _code("urn:nir:stato:regio.decreto:1942-03-16;262:2"),
    "civil_procedure": _code("urn:nir:stato:regio.decreto:1940-10-28;1443:1"),
    "penal": _code("urn:nir:stato:regio.decreto:1930-10-19;1398:1"),
    "penal_procedure": _decree("1988-09-22", 447, "presidential_decree"),
}
CONTRACTS = [
    # From the year on, the code of public contracts that the name means.
    (2023, _decree("2023-03-31", 36)),
    (2016, _decree("2016-04-18", 50)),
    (0, _decree("2006-04-12", 163)),
]
NAMED = {
    "local_bodies": _decree("2000-08-18", 267),
    "contracts": CONTRACTS[0][1],
    "digital": _decree("2005-03-07", 82),
    "environment": _decree("2006-04-03", 152),
    "privacy": _decree("2003-06-30", 196),
    "public_work": _decree("2001-03-30", 165),
    "public_companies": _decree("2016-08-19", 175),
    "roads": _decree("1992-04-30", 285),
    "civil_protection": _decree("2018-01-02", 1),
    "third_sector": _decree("2017-07-03", 117),
    "antimafia": _decree("2011-09-06", 159),
    "building": _decree("2001-06-06", 380, "presidential_decree"),
    "provinces_reform": _decree("2014-04-07", 56, "law"),
    "workers_statute": _decree("1970-05-20", 300, "law"),
    "gdpr": numbered("regulation", 2016, 679),
    **CODES,
}
