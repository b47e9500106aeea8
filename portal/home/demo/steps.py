"""The seven steps of the project."""

from __future__ import annotations

from portal.home.demo.page import PageText

STEPS = [
    {
        "date": "1° passo",
        "title": "La mappatura",
        "text": (
            "Questionari di rilevazione, interviste in profondità e un report finale di ricerca "
            "sullo stato dei servizi offerti ai Comuni nei tre ambiti. Il Dipartimento di Scienze "
            "Politiche dell’Università degli Studi di Perugia ha individuato le migliori pratiche "
            "provinciali; da qui la scelta delle Province capofila: Treviso, Pesaro e Urbino, "
            "Brescia. È il primo atto di coinvolgimento dei referenti provinciali."
        ),
    },
    {
        "date": "2° passo",
        "title": "I focus group",
        "text": (
            "Dodici incontri online tra ottobre e dicembre 2021, quattro per ciascun pilastro, con "
            "due gruppi di lavoro e un moderatore. Temi: criticità e opportunità, assetto "
            "organizzativo, competenze, tecnologie, proposte per la modellizzazione. Li ha "
            "coordinati PROMO P.A. È il secondo atto di coinvolgimento."
        ),
    },
    {
        "date": "3° passo",
        "title": "La modellizzazione",
        "text": (
            "Modelli funzionali alle diverse caratteristiche istituzionali e socio-economiche dei "
            "contesti provinciali, con modalità di governance differenti e percorsi di "
            "sostenibilità specifici. Lavorano con le Province Venicecom Group, Aretès e "
            "Net4Partners. È il terzo atto di coinvolgimento."
        ),
    },
    {
        "date": "4° passo",
        "title": "La formazione",
        "text": (
            "Un percorso per i funzionari delle 76 Province e per i portatori di interesse dei "
            "territori, nei settori appalti, Europa e innovazione. Procedura aperta in tre lotti "
            "da 200.000 euro ciascuno. È il quarto atto di coinvolgimento."
        ),
    },
    {
        "date": "5° passo",
        "title": "La piattaforma collaborativa",
        "text": (
            "Una piattaforma informatica documentale per condividere schemi e procedure dei tre "
            "ambiti e trasferire i modelli. Procedura aperta in un unico lotto da 800.000 euro. È "
            "il quinto atto di coinvolgimento."
        ),
    },
    {
        "date": "6° passo",
        "title": "Le community di Province",
        "text": (
            "Tre network tematici per lo scambio di pratiche e il mutuo apprendimento tra "
            "amministratori e funzionari. Rimangono attivi anche dopo la fine delle attività."
        ),
    },
    {
        "date": "7° passo",
        "title": "I piani di riassetto organizzativo",
        "text": (
            "Supporto all’adozione dei piani, o all’aggiornamento di quelli esistenti, e al loro "
            "monitoraggio. Una banca dati dei piani e dei DUP permette di seguire le scelte ai "
            "fini della programmazione pluriennale, nel ruolo di «Case dei Comuni»."
        ),
    },
]

STEPS_PAGE = PageText(
    key="sette-passi",
    slug="sette-passi",
    parent="il-progetto",
    title="I sette passi",
    summary="Dalla mappatura delle esperienze ai piani di riassetto organizzativo.",
    topics=("progetto",),
    body=[
        (
            "rich_text",
            "<p>Il progetto procede per passi, e ogni passo è un atto di coinvolgimento e di "
            "impegno dei referenti provinciali. Le fasi di lavoro sono cinque: ricerca e analisi, "
            "modellizzazione, formazione, piattaforme e community, piani di riassetto.</p>",
        ),
        ("timeline", STEPS),
        (
            "documents",
            [
                "Report finale della mappatura dei servizi provinciali",
                "Sintesi dei focus group",
                "Piano di formazione per le Province",
            ],
        ),
    ],
)
