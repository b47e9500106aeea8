"""Activities A1–A13 and ATa–ATc with the dates of the presentation of 13 April 2022."""

from __future__ import annotations

from portal.home.demo.page import PageText

PROJECT_PERIOD = "20 maggio 2020 – 30 settembre 2023"

ACTIVITIES: list[dict[str, str]] = [
    {
        "date": "novembre 2020 – 31 agosto 2021",
        "title": "A1 – Analisi desk e mappatura",
        "text": "Mappatura delle esperienze delle Province sui tre ambiti di intervento: SUA, SAPE "
        "e servizi di innovazione.",
    },
    {
        "date": "15 giugno 2021 – 31 marzo 2022",
        "title": "A2 – Focus group",
        "text": "Focus group e tavoli locali di confronto.",
    },
    {
        "date": "15 giugno 2020 – 31 dicembre 2022",
        "title": "A3 – Protocolli e convenzioni",
        "text": "Formalizzazione dei protocolli di intesa UPI-Province ed elaborazione di moduli "
        "standardizzati; approvazione e stipula delle convenzioni con le Province capofila.",
    },
    {
        "date": "15 novembre 2021 – 30 giugno 2022",
        "title": "A4 – Modelli",
        "text": "Definizione ed elaborazione dei modelli di Stazione Unica Appaltante, Servizio "
        "Associato Politiche europee, Servizi di Innovazione.",
    },
    {
        "date": "15 settembre 2022 – 31 ottobre 2022",
        "title": "A5 – Fabbisogni formativi",
        "text": "Analisi dei fabbisogni formativi.",
    },
    {
        "date": "1° novembre 2022 – 31 gennaio 2023",
        "title": "A6 – Moduli formativi",
        "text": "Elaborazione dei moduli formativi.",
    },
    {
        "date": "1° febbraio 2023 – 31 maggio 2023",
        "title": "A7 – Percorsi formativi",
        "text": "Realizzazione dei percorsi formativi.",
    },
    {
        "date": "15 settembre 2022 – 31 dicembre 2022",
        "title": "A8 – Progettazione della piattaforma",
        "text": "Progettazione della piattaforma collaborativa. Il prospetto delle gare pubbliche "
        "ne indica la conclusione al 15 dicembre 2022.",
    },
    {
        "date": "15 gennaio 2023 – 30 giugno 2023",
        "title": "A9 – Implementazione della piattaforma",
        "text": "Implementazione della piattaforma, animazione e aggiornamento.",
    },
    {
        "date": "1° maggio 2023 – 30 settembre 2023",
        "title": "A10 – Trasferimento della piattaforma",
        "text": "Trasferimento e adeguamento della piattaforma tecnologica nazionale da parte di "
        "ciascuna Provincia.",
    },
    {
        "date": "1° maggio 2023 – 30 settembre 2023",
        "title": "A11 – Formazione sulla piattaforma",
        "text": "Formazione sull’utilizzo della piattaforma.",
    },
    {
        "date": "15 gennaio 2023 – 30 settembre 2023",
        "title": "A12 – Reti tematiche",
        "text": "Creazione di reti tematiche nazionali sui tre servizi.",
    },
    {
        "date": "data da definire",
        "title": "A13 – Piani di riassetto",
        "text": "Supporto all’adozione di piani di riassetto organizzativo da parte delle Province. "
        "Il cronoprogramma la presenta come creazione di «hub» di servizi di innovazione, senza "
        "indicare le date.",
    },
]

CROSS_ACTIVITIES: list[dict[str, str]] = [
    {
        "date": PROJECT_PERIOD,
        "title": "ATa – Direzione e coordinamento",
        "text": "Accompagna il progetto per tutta la sua durata.",
    },
    {
        "date": PROJECT_PERIOD,
        "title": "ATb – Comunicazione e disseminazione",
        "text": "Accompagna il progetto per tutta la sua durata.",
    },
    {
        "date": PROJECT_PERIOD,
        "title": "ATc – Monitoraggio e valutazione",
        "text": "Accompagna il progetto per tutta la sua durata.",
    },
]

TENDERS = {
    "caption": "Tempistiche delle gare pubbliche",
    "header": ["Procedura aperta", "Attività inclusa", "Tempistica"],
    "rows": [
        ["Servizio di formazione", "A5", "15/09/2022 – 31/10/2022"],
        ["Servizio di formazione", "A6", "01/11/2022 – 31/01/2023"],
        ["Servizio di formazione", "A7", "01/02/2023 – 31/05/2023"],
        ["Piattaforma collaborativa", "A8", "15/09/2022 – 15/12/2022"],
        ["Piattaforma collaborativa", "A9", "15/01/2023 – 30/06/2023"],
        ["Piattaforma collaborativa", "A10", "01/05/2023 – 30/09/2023"],
        ["Piattaforma collaborativa", "A11", "01/05/2023 – 30/09/2023"],
    ],
}

ACTIVITIES_PAGE = PageText(
    key="attivita",
    slug="attivita",
    parent="il-progetto",
    title="Attività e cronoprogramma",
    summary="Le tredici attività operative e le tre trasversali, con le date previste.",
    topics=("progetto", "cronoprogramma"),
    body=[
        (
            "rich_text",
            "<p>Le date sono quelle presentate a Roma il 13 aprile 2022. Il progetto è iniziato il "
            "20 maggio 2020 e si conclude il 30 settembre 2023.</p>",
        ),
        ("heading", {"text": "Attività operative"}),
        ("timeline", ACTIVITIES),
        ("heading", {"text": "Attività trasversali"}),
        ("timeline", CROSS_ACTIVITIES),
        ("heading", {"text": "Le gare del progetto"}),
        ("table", TENDERS),
        ("documents", ["Cronoprogramma del progetto Province & Comuni"]),
    ],
)
