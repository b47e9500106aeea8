"""Texts of the home page."""

from __future__ import annotations

from dataclasses import dataclass

from portal.library.demo.body import Body


@dataclass(frozen=True)
class NetworkTeaser:
    """What the home page says of a network in two lines."""

    network: str
    title: str
    text: str
    link_key: str


@dataclass(frozen=True)
class HomeText:
    """The texts of the home page; a link is a page's key or a path that begins with ``/``."""

    title: str
    hero_title: str
    hero_text: str
    actions: tuple[tuple[str, str], ...]
    networks_title: str
    networks: tuple[NetworkTeaser, ...]
    numbers_title: str
    numbers: tuple[dict[str, str], ...]
    body: Body


HOME = HomeText(
    title="Province & Comuni",
    hero_title="Le Province mettono in comune i servizi per i Comuni",
    hero_text=(
        "76 Province, tre reti di lavoro, una biblioteca di modelli, atti e procedure già usati. "
        "Qui si trova quello che un’altra Provincia ha già fatto, si chiede a chi l’ha fatto, "
        "si impara a rifarlo."
    ),
    actions=(("Cerca in biblioteca", "/biblioteca/"), ("Conosci il progetto", "il-progetto")),
    networks_title="Tre reti, tre servizi",
    networks=(
        NetworkTeaser(
            "sua",
            "Rete SUA",
            "La Stazione Unica Appaltante di area vasta: gare, convenzioni, procedure.",
            "rete-sua",
        ),
        NetworkTeaser(
            "europa",
            "Rete Servizi Europa",
            "Il Servizio Associato Politiche Europee: bandi, progetti, partenariati.",
            "rete-europa",
        ),
        NetworkTeaser(
            "innovazione",
            "Rete Innovazione",
            "Dati, competenze digitali, agenda digitale integrata del territorio.",
            "rete-innovazione",
        ),
    ),
    numbers_title="Il progetto in cifre",
    numbers=(
        {
            "value": "76",
            "label": "Province coinvolte",
            "note": "tutte quelle delle Regioni a statuto ordinario",
        },
        {
            "value": "€ 4.555.500",
            "label": "costo del progetto",
            "note": "PON Governance e capacità istituzionale 2014-2020",
        },
        {
            "value": "12",
            "label": "focus group",
            "note": "quattro per ciascun pilastro, tra ottobre e dicembre 2021",
        },
        {
            "value": "4",
            "label": "modelli di servizio",
            "note": "dalla stazione unica appaltante all’agenda digitale",
        },
    ),
    body=[
        (
            "call_to_action",
            {
                "title": "La Provincia, casa dei Comuni",
                "text": (
                    "È il primo esempio nazionale di progetto unitario e sostenibile per "
                    "rilanciare il ruolo degli enti di area vasta a supporto dei Comuni."
                ),
                "label": "Leggi che cosa fa ciascuna Provincia",
                "link_key": "ruolo-delle-province",
            },
        ),
    ],
)
