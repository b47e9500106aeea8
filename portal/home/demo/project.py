"""The section «Il progetto»: facts as UPI presented them in Rome on 13 April 2022."""

from __future__ import annotations

from portal.home.demo.activities import ACTIVITIES_PAGE
from portal.home.demo.page import PageText
from portal.home.demo.steps import STEPS_PAGE

OVERVIEW = PageText(
    key="il-progetto",
    slug="il-progetto",
    title="Il progetto",
    summary=(
        "Province & Comuni costruisce, con le Province delle Regioni a statuto ordinario, un "
        "sistema di servizi a supporto dei Comuni."
    ),
    in_menus=True,
    topics=("progetto",),
    body=[
        (
            "rich_text",
            "<p>Il progetto <b>Province &amp; Comuni – Le Province e il sistema di servizi a "
            "supporto dei Comuni</b> è il primo esempio a livello nazionale di progetto unitario e "
            "sostenibile per il rilancio del ruolo degli enti di area vasta. Il beneficiario è "
            "l’Unione Province d’Italia; gli enti coinvolti sono le 76 Province delle Regioni a "
            "statuto ordinario.</p><p>I Comuni, soprattutto i più piccoli, faticano a tenere "
            "insieme competenze specialistiche, personale e strumenti. La Provincia può offrirli a "
            "tutti: gare, progettazione europea, dati e trasformazione digitale. Il progetto "
            "raccoglie le esperienze migliori, ne fa modelli, forma le persone e crea le reti che "
            "restano attive anche dopo la conclusione delle attività.</p>",
        ),
        ("heading", {"text": "Il progetto in cifre"}),
        (
            "numbers",
            [
                {"value": "€ 4.555.500", "label": "costo del progetto", "note": "FESR e FSE"},
                {
                    "value": "76",
                    "label": "Province",
                    "note": "delle Regioni a statuto ordinario",
                },
                {"value": "3", "label": "pilastri", "note": "SUA, politiche europee, innovazione"},
                {"value": "4", "label": "linee di intervento", "note": "e tre azioni trasversali"},
            ],
        ),
        ("heading", {"text": "La scheda"}),
        (
            "table",
            {
                "caption": "Dati identificativi del progetto",
                "header": ["Voce", "Descrizione"],
                "rows": [
                    ["Programma", "PON «Governance e capacità istituzionale» 2014-2020, FESR-FSE"],
                    [
                        "Asse e obiettivo",
                        "Asse 3, obiettivo specifico 3.1: miglioramento della governance "
                        "multilivello e della capacità amministrativa e tecnica delle pubbliche "
                        "amministrazioni",
                    ],
                    [
                        "Azione",
                        "3.1.5, interventi mirati di accompagnamento del processo di riforma "
                        "degli enti locali",
                    ],
                    ["Costo", "€ 4.555.500,00"],
                    ["Inizio attività", "20 maggio 2020"],
                    ["Fine attività", "30 settembre 2023"],
                    ["Beneficiario", "Unione Province d’Italia"],
                    ["Enti coinvolti", "76 Province delle Regioni a statuto ordinario"],
                ],
            },
        ),
        (
            "cards",
            [
                {
                    "title": "I tre pilastri",
                    "text": "Stazione unica appaltante, politiche europee, innovazione e dati.",
                    "link_key": "pilastri",
                },
                {
                    "title": "Le linee di azione",
                    "text": "Modelli, formazione, strumenti informatici, reti.",
                    "link_key": "linee-di-azione",
                },
                {
                    "title": "I sette passi",
                    "text": "Dalla mappatura ai piani di riassetto organizzativo.",
                    "link_key": "sette-passi",
                },
                {
                    "title": "Attività e cronoprogramma",
                    "text": "Da A1 ad A13, con le date previste.",
                    "link_key": "attivita",
                },
                {
                    "title": "Il ruolo delle Province",
                    "text": "Undici impegni, dal protocollo al piano di riassetto.",
                    "link_key": "ruolo-delle-province",
                },
            ],
        ),
        (
            "documents",
            [
                "Presentazione del progetto Province & Comuni",
                "Cronoprogramma del progetto Province & Comuni",
            ],
        ),
    ],
)

PILLARS = PageText(
    key="pilastri",
    slug="pilastri",
    parent="il-progetto",
    title="I tre pilastri",
    summary=(
        "Tre ambiti di intervento interconnessi formano il nuovo sistema di servizi di supporto "
        "ai Comuni."
    ),
    topics=("progetto", "SUA", "SAPE", "SIT"),
    body=[
        (
            "rich_text",
            "<p>I tre ambiti sono stati scelti perché rispondono a bisogni che quasi nessun Comune "
            "può soddisfare da solo e perché si rafforzano a vicenda: un progetto europeo ha "
            "bisogno di dati affidabili per essere scritto e di gare ben fatte per essere "
            "realizzato.</p>",
        ),
        ("heading", {"text": "Stazione Unica Appaltante (SUA)"}),
        (
            "rich_text",
            "<p>La Provincia svolge le procedure di gara per conto dei Comuni che aderiscono. "
            "L’articolo 1, comma 88, della legge 56/2014 le consente di esercitare, d’intesa con "
            "loro, le funzioni di predisposizione dei documenti di gara, di stazione appaltante e "
            "di monitoraggio dei contratti di servizio. Provincia capofila: Treviso.</p>",
        ),
        ("heading", {"text": "Servizio Associato Politiche Europee (SAPE)"}),
        (
            "rich_text",
            "<p>Un ufficio comune informa sui bandi, costruisce partenariati, scrive e gestisce "
            "progetti insieme ai Comuni. Rende accessibili i fondi europei a territori che "
            "altrimenti ne resterebbero esclusi. Provincia capofila: Brescia.</p>",
        ),
        ("heading", {"text": "Servizi di innovazione, raccolta ed elaborazione dati (SIT)"}),
        (
            "rich_text",
            "<p>Sistemi informativi territoriali, statistica, assistenza tecnologica, "
            "accompagnamento alla transizione digitale: la Provincia mette in comune competenze e "
            "infrastrutture. Provincia capofila: Pesaro e Urbino.</p>",
        ),
        (
            "cards",
            [
                {
                    "title": "Rete SUA",
                    "text": "Il modello di area vasta e il suo kit.",
                    "link_key": "rete-sua",
                },
                {
                    "title": "Rete Servizi Europa",
                    "text": "Il servizio associato e i suoi strumenti.",
                    "link_key": "rete-europa",
                },
                {
                    "title": "Rete Innovazione",
                    "text": "Centri di competenza e agenda digitale.",
                    "link_key": "rete-innovazione",
                },
            ],
        ),
    ],
)

LINES = PageText(
    key="linee-di-azione",
    slug="linee-di-azione",
    parent="il-progetto",
    title="Linee di azione",
    summary="Quattro linee di intervento operative sui tre ambiti e tre linee trasversali.",
    topics=("progetto",),
    body=[
        ("heading", {"text": "Le quattro linee operative"}),
        (
            "accordion",
            [
                {
                    "title": "L1 – Sviluppo di modelli di servizi ai Comuni",
                    "text": "<p>Progettazione e rilascio dei modelli: si parte dalle migliori "
                    "pratiche provinciali e si arriva a schemi che ogni Provincia può adottare, "
                    "con varianti per territori e dimensioni diverse.</p>",
                },
                {
                    "title": "L2 – Formazione e capacity building",
                    "text": "<p>Analisi dei fabbisogni, moduli e percorsi rivolti ai funzionari "
                    "delle Province e ai portatori di interesse dei territori, nei tre settori: "
                    "appalti, Europa, innovazione.</p>",
                },
                {
                    "title": "L3 – Strumenti informatici a supporto",
                    "text": "<p>Realizzazione della piattaforma collaborativa e degli strumenti "
                    "con cui condividere documenti e materiale digitale, schemi e procedure.</p>",
                },
                {
                    "title": "L4 – Networking e trasferimento dei modelli",
                    "text": "<p>Reti tematiche nazionali, scambio di pratiche, trasferimento dei "
                    "modelli a tutte le Province aderenti al progetto.</p>",
                },
            ],
        ),
        ("heading", {"text": "Le tre linee trasversali"}),
        (
            "rich_text",
            "<ul><li><b>Gestione</b>: direzione e coordinamento delle attività.</li>"
            "<li><b>Comunicazione</b>: informazione e disseminazione dei risultati.</li>"
            "<li><b>Monitoraggio e valutazione</b>: avanzamento, indicatori, qualità.</li></ul>",
        ),
        (
            "call_to_action",
            {
                "title": "Dalle linee alle attività",
                "text": "Ogni linea si traduce in attività con tempi e risultati definiti.",
                "label": "Apri il cronoprogramma",
                "link_key": "attivita",
            },
        ),
    ],
)

ROLE = PageText(
    key="ruolo-delle-province",
    slug="ruolo-delle-province",
    parent="il-progetto",
    title="Il ruolo delle Province",
    summary="Undici impegni accompagnano ciascuna Provincia dall’adesione al riassetto organizzativo.",
    topics=("progetto", "Province"),
    body=[
        (
            "rich_text",
            "<p>Ogni Provincia partecipa al progetto con atti, persone e decisioni. Questo è il "
            "riepilogo degli impegni.</p>"
            "<ol><li>Sottoscrizione di <b>protocolli preliminari di intesa</b>.</li>"
            "<li><b>Attivazione della rete interna</b> a ciascuna Provincia e a ciascun territorio "
            "per il coinvolgimento nelle attività del progetto.</li>"
            "<li>Partecipazione alla <b>mappatura</b> delle esperienze locali.</li>"
            "<li>Individuazione delle <b>tre Province capofila</b> dei tre settori.</li>"
            "<li>Attivazione di <b>gruppi di lavoro tematici</b>.</li>"
            "<li>Partecipazione ai <b>focus group</b>.</li>"
            "<li>Coinvolgimento nei <b>percorsi di modellizzazione</b>.</li>"
            "<li>Partecipazione alla <b>formazione</b>.</li>"
            "<li>Coinvolgimento nella <b>piattaforma collaborativa</b> e nelle community.</li>"
            "<li>Sottoscrizione di <b>convenzioni UPI-Province e Province-Comuni</b>.</li>"
            "<li>Adozione dei <b>piani di riassetto organizzativo</b>.</li></ol>",
        ),
        (
            "quotation",
            {
                "text": (
                    "Le reti tematiche garantiranno la sostenibilità del progetto in quanto "
                    "rimarranno attive anche dopo la scadenza delle attività progettuali."
                ),
                "source": "UPI, presentazione del progetto, Roma, 13 aprile 2022",
            },
        ),
        (
            "documents",
            [
                "Protocollo d’intesa tra UPI e Provincia di Treviso",
                "Schema di Piano di riassetto organizzativo",
            ],
        ),
    ],
)

PROVINCES = PageText(
    key="le-province",
    slug="le-province",
    parent="il-progetto",
    title="Le Province",
    summary="Le 76 Province delle Regioni a statuto ordinario e le tre capofila.",
    topics=("progetto", "Province"),
    body=[
        (
            "rich_text",
            "<p>Al progetto partecipano le 76 Province delle Regioni a statuto ordinario. La "
            "mappatura ha permesso di individuare, sulla base di indicatori quantitativi e "
            "qualitativi, le migliori pratiche di ciascun pilastro e le tre Province capofila.</p>",
        ),
        (
            "table",
            {
                "caption": "Le Province capofila",
                "header": ["Settore", "Provincia capofila", "Rete"],
                "rows": [
                    ["Stazione unica appaltante", "Treviso", "Rete SUA"],
                    ["Servizio associato politiche europee", "Brescia", "Rete Servizi Europa"],
                    ["Innovazione e dati", "Pesaro e Urbino", "Rete Innovazione"],
                ],
            },
        ),
        (
            "call_to_action",
            {
                "title": "Tutte le Province",
                "text": "Regione, contatti istituzionali, documenti condivisi in biblioteca.",
                "label": "Apri l’elenco",
                "link_key": "/osservatorio/province/",
            },
        ),
    ],
)

PROJECT_PAGES: tuple[PageText, ...] = (
    OVERVIEW,
    PILLARS,
    LINES,
    STEPS_PAGE,
    ACTIVITIES_PAGE,
    ROLE,
    PROVINCES,
)
