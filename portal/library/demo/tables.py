"""Tables of the demonstration texts that are computed for each Province.

The figures are invented, only for show; they depend on the Province's sigla alone, so that they
are always the same and agree between the documents that quote them.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

PROVINCES = Path(__file__).parents[2] / "organisations" / "data" / "provinces.json"
Rows = tuple[tuple[str, ...], ...]


@cache
def provinces() -> tuple[dict[str, str], ...]:
    """Return the Provinces of the project as the product's own data tell them, by name."""
    rows = json.loads(PROVINCES.read_text(encoding="utf-8"))["provinces"]
    return tuple(sorted(rows, key=lambda row: row["name"]))


def figure(sigla: str, about: str, low: int, high: int) -> int:
    """Return an invented figure between two bounds, always the same for the same question."""
    digest = hashlib.sha256(f"{sigla}/{about}".encode()).digest()
    return low + int.from_bytes(digest[:4], "big") % (high - low + 1)


def answer(sigla: str, about: str, answers: tuple[str, ...]) -> str:
    """Return one of some invented answers, always the same for the same question."""
    return answers[figure(sigla, about, 0, len(answers) - 1)]


def computed_table(name: str) -> tuple[str, Rows]:
    """Return caption and rows of a table asked for by a text: ``name`` or ``name region``."""
    name, _, region = name.partition(" ")
    caption, header, row = TABLES[name]
    chosen = [province for province in provinces() if region in ("", province["region"])]
    suffix = f" – {region}" if region else ""
    return caption + suffix, (header, *(row(province) for province in chosen))


def _sua(province: dict[str, str]) -> tuple[str, ...]:
    sigla = province["sigla"]
    return (
        province["name"],
        str(figure(sigla, "comuni convenzionati", 6, 64)),
        str(figure(sigla, "gare 2020", 8, 120)),
        str(figure(sigla, "addetti sua", 2, 14)),
        answer(sigla, "piattaforma", ("propria", "regionale", "in riuso")),
    )


def _europa(province: dict[str, str]) -> tuple[str, ...]:
    sigla = province["sigla"]
    return (
        province["name"],
        answer(sigla, "sportello", ("attivo", "in avvio", "non presente")),
        str(figure(sigla, "addetti europa", 0, 6)),
        str(figure(sigla, "candidature 2018-2020", 0, 22)),
        str(figure(sigla, "progetti in corso", 0, 8)),
    )


def _innovazione(province: dict[str, str]) -> tuple[str, ...]:
    sigla = province["sigla"]
    return (
        province["name"],
        answer(sigla, "sit", ("sì, aperto ai Comuni", "sì, interno", "in costruzione")),
        str(figure(sigla, "dataset pubblicati", 0, 180)),
        str(figure(sigla, "comuni assistiti", 0, 60)),
        answer(sigla, "statistica", ("ufficio dedicato", "funzione diffusa", "assente")),
    )


def _mappatura(province: dict[str, str]) -> tuple[str, ...]:
    sigla = province["sigla"]
    return (
        sigla,
        province["name"],
        province["region"],
        province["nuts3"],
        str(figure(sigla, "comuni convenzionati", 6, 64)),
        str(figure(sigla, "gare 2020", 8, 120)),
        str(figure(sigla, "candidature 2018-2020", 0, 22)),
        str(figure(sigla, "dataset pubblicati", 0, 180)),
    )


TABLES = {
    "sua": (
        "Stazione unica appaltante: risposte al questionario",
        ("Provincia", "Comuni convenzionati", "Gare nel 2020", "Addetti", "Piattaforma"),
        _sua,
    ),
    "europa": (
        "Servizio Europa: risposte al questionario",
        ("Provincia", "Servizio", "Addetti", "Candidature 2018–2020", "Progetti in corso"),
        _europa,
    ),
    "innovazione": (
        "Servizi di innovazione: risposte al questionario",
        ("Provincia", "SIT", "Dataset pubblicati", "Comuni assistiti", "Statistica"),
        _innovazione,
    ),
    "mappatura": (
        "Indicatori per Provincia",
        (
            "Sigla",
            "Provincia",
            "Regione",
            "NUTS3",
            "Comuni convenzionati SUA",
            "Gare 2020",
            "Candidature 2018–2020",
            "Dataset pubblicati",
        ),
        _mappatura,
    ),
}
