"""An invented collection of Italian administrative texts: always the same, made page by page."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from search.engines.base import IndexItem, PageText

SEED = 56_2014
PAGES_EACH = 20
LINES = 18
FIRST_DAY = date(2018, 1, 1)
DAYS = 2900
# Words of every text, the most frequent first.
COMMON = """di e la il per in del della a che con le i al da si un dei alla nel delle una sono come
ente comune provincia servizio articolo attività ufficio presente comma norma parte atto modo
termine anno soggetto competenza territorio personale dato legge caso materia responsabile
cittadino tempo risorsa euro numero sede periodo"""
# What texts are about: each document speaks of three, the first ones more often than the last.
SUBJECTS = [
    "gara|appalto|stazione unica appaltante|SUA|offerta|lotto|operatore economico|d.lgs. 36/2023",
    "convenzione|comuni aderenti|protocollo d'intesa|adesione|recesso|quota|oneri|convenzione",
    "bilancio|spesa|entrata|capitolo|rendiconto|avanzo|variazione|equilibrio di bilancio",
    "bando|progetto|Europa|partenariato|rendicontazione|programma|contributo|SAPE",
    "piano|digitale|agenda digitale|piattaforma|open data|centro di competenza|transizione|CAD",
    "verbale|seduta|consiglio|giunta|delibera|votazione|presenti|ordine del giorno",
    "regolamento|disciplina|procedimento|sanzione|autorizzazione|istanza|legge 7 agosto 1990",
    "formazione|corso|docente|modulo|attestato|partecipanti|fabbisogno|calendario",
    "strade|lavori|cantiere|sicurezza|manutenzione|ponte|progettazione|collaudo",
    "scuola|edificio scolastico|palestra|riscaldamento|edilizia|alunni|adeguamento sismico",
    "ambiente|rifiuti|acque|scarico|valutazione ambientale|bonifica|aria|energia",
    "trasporto|linea|fermata|corsa|abbonamento|mobilità|orario|veicolo",
    "contratto|fornitura|canone|garanzia|penale|fattura|pagamento|durata del contratto",
    "concorso|graduatoria|assunzione|profilo|dirigente|dotazione organica|mobilità|posto",
    "turismo|cultura|museo|biblioteca|evento|associazione|patrocinio|itinerario",
    "tributo|imposta|aliquota|riscossione|accertamento|esenzione|ruolo|IMU",
    "statistica|indicatore|monitoraggio|questionario|mappatura|risultato|obiettivo|report",
    "protezione civile|emergenza|volontariato|rischio idraulico|allerta|piano di emergenza|DUP",
    "urbanistica|variante|perimetro|vincolo|paesaggio|piano territoriale|lottizzazione|PTCP",
    "accordo|agenda|sportello|cooperazione|area vasta|assemblea dei sindaci|l. 56/2014|rete",
]
SYLLABLES = [a + b for a in "bcdfglmnprstvz" for b in "aeiou"]
ENDINGS = ["zione", "mento", "tà", "ore", "ale", "ico", "ivo", "are", "ato", "ezza", "oso", "iere"]
RARE_WORDS = 30_000
PROVINCES = ["TV", "BS", "PU", "SI", "CN", "LE", "PZ", "BN", "AR", "VI", "TR", "FG"]
FORMATS = ["pdf", "pdf", "pdf", "docx", "xlsx", "odt"]
KINDS = ["modello", "schema", "procedura", "piano", "verbale", "normativa", "modulo", "altro"]
NETWORKS = ["sua", "europa", "innovazione"]
AUDIENCES = ["public", "public", "public", "members", "organisation"]
ORGANISATIONS = 76


@dataclass(frozen=True)
class Text:
    """One document of the collection: what it says and what is known of it."""

    number: int
    title: str
    summary: str
    pages: list[str]
    kind: str
    network: str
    province: str
    body: int
    year: int
    format: str
    audience: str
    day: date
    norms: list[str]


@cache
def _common() -> tuple[list[str], list[float]]:
    """Return the words of every text with their weights: a few everywhere, most of them rarely."""
    chance = random.Random(SEED)
    rare: dict[str, None] = {}
    while len(rare) < RARE_WORDS:
        syllables = chance.choices(SYLLABLES, k=chance.choice([1, 2, 2, 3]))
        rare["".join([*syllables, chance.choice(ENDINGS)])] = None
    words = [*COMMON.split(), *rare]
    return words, list(accumulate(1 / (rank + 3) for rank in range(len(words))))


@cache
def _subjects() -> tuple[list[list[str]], list[float]]:
    subjects = [line.split("|") for line in SUBJECTS]
    return subjects, list(accumulate(1 / (rank + 4) for rank in range(len(subjects))))


def text(number: int) -> Text:
    """Return one document; it depends on nothing but its number."""
    chance = random.Random(SEED + number)
    words, weights = _common()
    subjects, likely = _subjects()
    about = [one for found in chance.choices(subjects, cum_weights=likely, k=3) for one in found]
    spoken = list(accumulate(1 / (rank % 8 + 2) for rank in range(len(about))))

    body = chance.randrange(ORGANISATIONS)
    province = PROVINCES[body % len(PROVINCES)]

    def lines(count: int) -> list[str]:
        usual = iter(chance.choices(words, cum_weights=weights, k=8 * count))
        special = iter(chance.choices(about, cum_weights=spoken, k=4 * count))
        threes = [f"{one} {two} {next(special)}" for one, two in zip(usual, usual, strict=True)]
        return [" ".join(threes[at : at + 4]) for at in range(0, len(threes), 4)]

    def page(place: int) -> str:
        header = f"Provincia di {province} - Area {body}"
        return "\n".join([header, *lines(LINES), f"Pagina {place} di {PAGES_EACH}"])

    audience = chance.choice(AUDIENCES)
    return Text(
        number=number,
        title=" ".join(chance.choices(about, k=3)).capitalize(),
        summary=" ".join(lines(2)),
        pages=[page(place) for place in range(1, PAGES_EACH + 1)],
        kind=chance.choice(KINDS),
        network=chance.choice(NETWORKS),
        province=province,
        body=body,
        year=2018 + number % 8,
        format=chance.choice(FORMATS),
        audience=f"organisation:{body}" if audience == "organisation" else audience,
        day=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
        norms=["urn:nir:stato:decreto.legislativo:2023-03-31;36"] if chance.random() < 0.1 else [],
    )


def item(found: Text) -> IndexItem:
    """Return a document as an engine takes it."""
    pages = [PageText(number, f"p. {number}", said) for number, said in enumerate(found.pages, 1)]
    return IndexItem(
        id=f"document:{found.number}",
        title=found.title,
        summary=found.summary,
        body="",
        pages=pages,
        audience=frozenset({found.audience}),
        facets={
            "kind": ["document"],
            "network": [found.network],
            "province": [found.province],
            "body": [str(found.body)],
            "document_kind": [found.kind],
            "year": [str(found.year)],
            "format": [found.format],
            "norm": found.norms,
        },
        date=found.day,
        seq=1,
    )


def items(first: int, last: int) -> Iterator[IndexItem]:
    """Yield the documents from one number up to another, one at a time."""
    return (item(text(number)) for number in range(first, last))
