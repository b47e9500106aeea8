"""What a file says of itself."""

from __future__ import annotations

from datetime import date

import pytest

from portal.library.proposing import Proposal, propose, read_day, title_of_name

PROVINCES = [
    ("Treviso", "TV"),
    ("Reggio nell'Emilia", "RE"),
    ("Pesaro e Urbino", "PU"),
    ("Monza e della Brianza", "MB"),
    ("Massa-Carrara", "MS"),
    ("Massa", "XX"),
]

LETTER = """PROVINCIA DI TREVISO
Settore appalti – Via Cal di Breda 116
Prot. n. 2022/0012345 del 14 marzo 2022

Spett.le Comune di Asolo
Oggetto: Convenzione per la stazione unica appaltante,
trasmissione dello schema

Si trasmette quanto in oggetto, facendo seguito alla nota del 3/2/2021.
"""


def read(text: str, name: str = "scan0001.pdf", kind: str = "pdf") -> Proposal:
    return propose(name, kind, [text], PROVINCES)


def test_a_letter() -> None:
    assert read(LETTER) == Proposal(
        title="Convenzione per la stazione unica appaltante, trasmissione dello schema",
        kind="schema",
        year=2022,
        province="TV",
        protocol_number="2022/0012345",
        protocol_date="2022-03-14",
    )


@pytest.mark.parametrize(
    ("line", "number", "day"),
    [
        ("Prot. n. 1234 del 02/05/2023", "1234", "2023-05-02"),
        ("Protocollo generale n. 88/AM", "88/AM", ""),
        ("PROT. N° 0004567 in data 1° giugno 2021", "0004567", "2021-06-01"),
        ("Prot. 12-2020, 5.4.2020", "12-2020", "2020-04-05"),
        ("prot.n.77 del 31/02/2023", "77", ""),
        ("protocollo d'intesa tra le Province", "", ""),
        ("Il prototipo 12", "", ""),
    ],
)
def test_protocols(line: str, number: str, day: str) -> None:
    found = read(line)
    assert (found.protocol_number, found.protocol_date) == (number, day)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("", "verbale_12_marzo.pdf", "verbale"),
        ("Documento unico di programmazione 2023-2025", "x.pdf", "dup"),
        ("Regolamento per la disciplina delle gare", "x.pdf", "normativa"),
        ("Linee guida per la rendicontazione dei fondi", "x.pdf", "procedura"),
        ("Modello di servizio per la SUA di area vasta", "x.pdf", "modello"),
        ("Piano triennale della formazione provinciale", "x.pdf", "piano"),
        ("Testo qualunque", "x.pdf", ""),
    ],
)
def test_kinds(text: str, name: str, kind: str) -> None:
    assert read(text, name).kind == kind
    assert read(text, name, "pptx").kind == "slide"


@pytest.mark.parametrize(
    ("text", "sigla"),
    [
        ("La Provincia di Pesaro e Urbino comunica", "PU"),
        ("la provincia\ndi Massa-Carrara", "MS"),
        ("Provincia di Monza e della Brianza", "MB"),
        ("provincia di Treviglio", ""),
        ("il Comune di Treviso", ""),
    ],
)
def test_provinces(text: str, sigla: str) -> None:
    assert read(text).province == sigla


def test_days_titles_and_years() -> None:
    assert read_day("31 aprile 2020") is None
    assert read_day("1 gennaio 3020") is None
    assert read_day("1° maggio 2020") == date(2020, 5, 1)
    assert title_of_name("C:\\atti\\schema_di-convenzione.pdf.p7m") == "Schema di convenzione"
    assert title_of_name("___.pdf") == "Documento"
    assert read("", "Relazione 2019 def.docx").year == 2019
    assert read("", "Relazione 3019.docx").year is None
    assert read("PROVINCIA DI TREVISO\n\nRELAZIONE SULLO STATO DEI SERVIZI\n").title == (
        "Relazione sullo stato dei servizi"
    )


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    ["prot. " * 20_000, "oggetto: " * 20_000, "provincia di " * 20_000, "1" * 100_000, "\x00" * 99],
    ids=range(5),
)
def test_hostile_texts_are_bounded(text: str) -> None:
    """Far below the limit; a time in the square of the length would pass it."""
    read(text)
