"""The raccolte of the demonstration: the kit of each network's model."""

from __future__ import annotations

from portal.core.seed import SeedContext
from portal.library.demo.pages import documents_titled
from portal.library.models import DocumentKit, KitEntry
from portal.organisations.models import Network

KITS = (
    (
        "kit-sua",
        "sua",
        "Kit per avviare una SUA provinciale",
        (
            "Si parte dalla relazione, poi la convenzione e il regolamento da adattare. "
            "Il Comune che aderisce usa la delibera tipo; il simulatore aiuta con le quote."
        ),
        (
            "Modello SUA di Area Vasta – Relazione",
            "Schema di convenzione tra Provincia e Comuni per la Stazione Unica Appaltante",
            "Regolamento per il funzionamento della SUA provinciale",
            "Delibera tipo di adesione del Consiglio comunale alla SUA",
            "Simulatore dei costi e del contributo a scaglioni per la SUA",
            "Domande frequenti dei Comuni sulla SUA",
        ),
    ),
    (
        "kit-servizio-europa",
        "europa",
        "Kit del Servizio Europa associato",
        (
            "Dal modello alla rendicontazione: come si costituisce il servizio, come si scrive un "
            "progetto, come si chiude."
        ),
        (
            "Modello di Servizio Europa Associato – Relazione",
            "Schema di convenzione per il Servizio Associato Politiche Europee",
            "Regolamento del Servizio Associato Politiche Europee",
            "Quadro logico commentato",
            "Foglio di budget per progetti europei",
            "Guida alla rendicontazione delle spese",
        ),
    ),
    (
        "kit-agenda-digitale",
        "innovazione",
        "Kit dell’Agenda digitale locale",
        (
            "Prima il questionario, per sapere da dove si parte; poi modello, piano e atti "
            "con cui Provincia e Comuni lavorano insieme."
        ),
        (
            "Questionario di maturità digitale dei Comuni",
            "Modello di Agenda Digitale Integrata per gli enti locali",
            "Piano locale per la transizione digitale",
            "Convenzione per i servizi informatici associati",
            "Regolamento del Centro di competenza provinciale",
        ),
    ),
    (
        "kit-centro-di-competenza",
        "innovazione",
        "Kit del Centro di competenza sulla digitalizzazione",
        (
            "Il modello dice quali servizi dare e con quali persone; regolamento, convenzione e "
            "catalogo servono ad aprire il centro con i Comuni."
        ),
        (
            "Modello organizzativo per i Centri di Competenza sulla Digitalizzazione",
            "Regolamento del Centro di competenza provinciale",
            "Convenzione per i servizi informatici associati",
            "Catalogo dei servizi del Centro di competenza",
            "Responsabile per la transizione digitale in forma associata",
            "Linee guida per i dati aperti del SIT",
        ),
    ),
)


def load_kits(context: SeedContext) -> None:
    """Make the raccolte that are missing, with those of their documents that are there."""
    made = 0
    for slug, network, title, introduction, titles in KITS:
        documents = documents_titled(titles)
        if not documents or DocumentKit.objects.filter(slug=slug).exists():
            continue
        kit = DocumentKit.objects.create(
            slug=slug,
            title=title,
            introduction=introduction,
            network=Network.objects.filter(slug=network).first(),
        )
        KitEntry.objects.bulk_create(
            KitEntry(kit=kit, document_id=pk, position=position)
            for position, pk in enumerate(documents, start=1)
        )
        made += 1
    if made:
        context.write(f"  {made} raccolte")
