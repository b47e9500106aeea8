"""What a file says of itself: title, kind, year, Province, protocol, read from its first pages.

Only proposals: a person confirms them before anything is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import PurePosixPath

from portal.library.models import DocumentKind

MONTHS = [
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
]
DAY = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}|\d{{1,2}}°?\s+(?:{'|'.join(MONTHS)})\s+\d{{4}})"
NUMBER = r"(?:n(?:um(?:ero)?|r|\.)?\s*[.°ºo]?\s*|n°\s*)?"
PROTOCOL = re.compile(
    rf"\bprot(?:ocollo)?\b\.?\s*(?:gen(?:erale)?\.?\s*)?{NUMBER}[:.]?\s*"
    rf"(?P<number>[A-Z]{{0,4}}[./-]?\d[\w./-]{{0,24}})"
    rf"(?:\s*(?:,|-|–|del|in\s+data|data)?\s*(?:del\s+|in\s+data\s+)?(?P<day>{DAY}))?",
    re.IGNORECASE,
)
# The subject goes on over the lines that begin with a small letter.
SUBJECT = re.compile(
    r"^\s*oggetto\s*[:.]\s*(?P<text>\S.*(?:\n[^\S\n]*(?-i:[a-zàèéìòù(]).*){0,2})", re.I | re.M
)
PROVINCE = re.compile(r"\bprovincia\s+(?:autonoma\s+)?(?:di|del|della|dell['’])\s*", re.IGNORECASE)
# The first that fits, in the file's title or name before its text.
KINDS = (
    (DocumentKind.VERBALE, r"\bverbale\b"),
    (DocumentKind.DUP, r"\bdup\b|documento unico di programmazione"),
    (DocumentKind.MODULO, r"\bmodulo\b|\bistanza\b|\bdomanda di\b|\bquestionario\b"),
    (DocumentKind.SCHEMA, r"\bschema\b|\bbozza\b|\bfac[- ]?simile\b"),
    (DocumentKind.MODELLO, r"\bmodello\b"),
    (DocumentKind.PROCEDURA, r"\bprocedur[ae]\b|\blinee guida\b|\bguida\b|\bistruzioni\b"),
    (DocumentKind.NORMATIVA, r"\bregolamento\b|\blegge\b|\bdecreto\b|\bcircolare\b"),
    (DocumentKind.PIANO, r"\bpian[oi]\b|\bprogramma\b"),
)
SLIDES = ("pptx", "odp", "ppt")
LETTERHEAD = re.compile(
    r"^(?:provincia|comune|città|regione|unione|ufficio|settore|area|servizio|via|piazza|viale"
    r"|tel|fax|pec|www|http|prot|c\.?f\.?|p\.? ?iva|pagina|spett|al |alla |ai )|@|^\W*\d",
    re.IGNORECASE,
)
PAGES_READ = 2


@dataclass(frozen=True)
class Proposal:
    """What was found; a field that nothing speaks for is empty."""

    title: str = ""
    kind: str = ""
    year: int | None = None
    province: str = ""
    protocol_number: str = ""
    protocol_date: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the fields for a JSON column."""
        return asdict(self)


def title_of_name(filename: str) -> str:
    """Return a title made of a file's name."""
    stem = PurePosixPath(filename.replace("\\", "/")).stem
    while stem.lower().endswith((".pdf", ".docx", ".odt", ".doc", ".rtf", ".p7m")):
        stem = PurePosixPath(stem).stem
    words = " ".join(re.sub(r"[_-]+", " ", stem).split())
    return (words[:1].upper() + words[1:])[:255] or "Documento"


def propose(
    filename: str, file_format: str, pages: Sequence[str], provinces: Iterable[tuple[str, str]]
) -> Proposal:
    """Return what the first pages and the name say; ``provinces`` are pairs of name and sigla."""
    text = "\n".join(pages[:PAGES_READ])[:20_000]
    named = title_of_name(filename)
    title = _title(text) or named
    number, day = _protocol(text)
    year = day.year if day else _year(text, named)
    return Proposal(
        title=title,
        kind=_kind(file_format, title, named, text[:1500]),
        year=year,
        province=_province(text + "\n" + named, provinces),
        protocol_number=number,
        protocol_date=day.isoformat() if day else "",
    )


def read_day(text: str) -> date | None:
    """Read a day written as Italians do: ``12 marzo 2022``, ``12/03/2022``, ``12.3.2022``."""
    parts = re.findall(r"[^\W_]+", text.replace("°", "").lower())
    if len(parts) != 3:
        return None
    day, month, year = parts
    number = MONTHS.index(month) + 1 if month in MONTHS else month
    try:
        found = date(int(year), int(number), int(day))
    except ValueError:
        return None
    return found if 1861 <= found.year <= date.today().year + 1 else None


def _title(text: str) -> str:
    subject = SUBJECT.search(text)
    if subject:
        return _tidy(subject["text"])
    for line in text.splitlines()[:25]:
        words = " ".join(line.split())
        if len(words) > 12 and len(words.split()) > 2 and not LETTERHEAD.search(words):
            return _tidy(words)
    return ""


def _tidy(text: str) -> str:
    words = " ".join(text.split()).strip(" .;:-–")
    if words.isupper():
        words = words.capitalize()
    return words if len(words) <= 200 else words[:200].rsplit(" ", 1)[0] + "…"


def _kind(file_format: str, *places: str) -> str:
    if file_format in SLIDES:
        return DocumentKind.SLIDE
    for place in places:
        for kind, pattern in KINDS:
            if re.search(pattern, place, re.IGNORECASE):
                return kind
    return ""


def _protocol(text: str) -> tuple[str, date | None]:
    found = PROTOCOL.search(text)
    if not found:
        return "", None
    number = found["number"].rstrip("./-")
    return number[:60], read_day(found["day"]) if found["day"] else None


def _year(text: str, named: str) -> int | None:
    for found in re.finditer(DAY, text, re.IGNORECASE):
        day = read_day(found[0])
        if day:
            return day.year
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", named)
    return int(years[-1]) if years and int(years[-1]) <= date.today().year + 1 else None


def _province(text: str, provinces: Iterable[tuple[str, str]]) -> str:
    """Return the sigla of the Province named first as such, "Provincia di Treviso"."""
    known = sorted(provinces, key=lambda pair: -len(pair[0]))
    for found in PROVINCE.finditer(text):
        rest = " ".join(text[found.end() : found.end() + 60].split()).casefold()
        for name, sigla in known:
            if re.match(rf"{re.escape(name.casefold())}\b", rest):
                return sigla
    return ""
