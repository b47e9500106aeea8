"""Words that a query can do without, and words that mean the same."""

from __future__ import annotations

from functools import cache

from search.analysis import terms
from search.query.norms import act_number, writings
from search.query.weak import WEAK

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
    "agid": ("agenzia per l'italia digitale",),
    "anac": ("autorità nazionale anticorruzione",),
    "anpr": ("anagrafe nazionale della popolazione residente",),
    "cad": ("codice dell'amministrazione digitale", "82/2005"),
    "cam": ("criteri ambientali minimi",),
    "ccnl": ("contratto collettivo nazionale di lavoro",),
    "cie": ("carta d'identità elettronica",),
    "cig": ("codice identificativo di gara", "codice identificativo gara"),
    "cuc": ("centrale unica di committenza", "centrale di committenza"),
    "cup": ("codice unico di progetto",),
    "dgue": ("documento di gara unico europeo",),
    "dl": ("decreto legge",),
    "dlgs": ("decreto legislativo",),
    "dm": ("decreto ministeriale",),
    "dnsh": ("non arrecare danno significativo", "non arrecare un danno significativo"),
    "dpcm": ("decreto del presidente del consiglio dei ministri",),
    "dpo": ("responsabile della protezione dei dati",),
    "dpr": ("decreto del presidente della repubblica",),
    "dup": ("documento unico di programmazione",),
    "durc": ("documento unico di regolarità contributiva",),
    "duvri": (
        "documento unico di valutazione dei rischi da interferenze",
        "documento di valutazione dei rischi da interferenze",
        "documento unico di valutazione dei rischi interferenziali",
    ),
    "fesr": ("fondo europeo di sviluppo regionale",),
    "fse": ("fondo sociale europeo",),
    "gdpr": ("2016/679", "regolamento generale sulla protezione dei dati"),
    "mepa": ("mercato elettronico della pubblica amministrazione", "mercato elettronico"),
    "oepv": ("offerta economicamente più vantaggiosa",),
    "peg": ("piano esecutivo di gestione",),
    "piao": ("piano integrato di attività e organizzazione",),
    "pnrr": ("piano nazionale di ripresa e resilienza", "piano di ripresa e resilienza"),
    "ptpct": ("piano triennale di prevenzione della corruzione",),
    "rpct": ("responsabile della prevenzione della corruzione",),
    "rpd": ("responsabile della protezione dei dati",),
    "rtd": (
        "responsabile per la transizione digitale",
        "responsabile della transizione digitale",
        "responsabile per la transizione al digitale",
    ),
    "rti": ("raggruppamento temporaneo di imprese",),
    "rup": ("responsabile unico del procedimento", "responsabile unico del progetto"),
    "sape": ("servizio associato politiche europee", "servizio europa"),
    "sit": ("sistema informativo territoriale",),
    "sua": ("stazione unica appaltante",),
    "tuel": ("testo unico degli enti locali", "testo unico enti locali", "267/2000"),
    "upi": ("unione province d'italia", "unione delle province d'italia"),
}


def meanings(acronym: str) -> tuple[tuple[str, ...], ...]:
    """Return what an acronym stands for as stems; the number of an act in all its writings."""
    found: list[tuple[str, ...]] = []
    for phrase in SYNONYMS.get(acronym, ()):
        act = act_number(phrase)
        found += writings(*act) if act else (tuple(term.stem for term in terms(phrase)),)
    return tuple(found)


def is_stopword(exact: str) -> bool:
    """Tell whether a query can do without a word."""
    return exact in STOPWORDS or exact in WEAK


@cache
def phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return each phrase as stems with its acronym, the longest first."""
    found = [(stems, acronym) for acronym in SYNONYMS for stems in meanings(acronym)]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@cache
def alternatives(exact: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases, as stems, that mean the same as a word."""
    return meanings(exact)
