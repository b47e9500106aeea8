"""Service pages: notes, privacy, accessibility, transparency, contacts."""

from __future__ import annotations

from portal.home.demo.page import PageText

MAIL = "provincecomuni@upinet.it"

SERVICE_PAGES: tuple[PageText, ...] = (
    PageText(
        key="note-legali",
        slug="note-legali",
        title="Note legali",
        summary="Condizioni d’uso del portale, licenza dei contenuti, responsabilità.",
        body=[
            ("heading", {"text": "Chi gestisce il portale"}),
            (
                "rich_text",
                "<p>Il portale Province &amp; Comuni è gestito dall’Unione Province d’Italia, "
                "beneficiaria del progetto finanziato dal PON «Governance e capacità "
                "istituzionale» 2014-2020.</p>",
            ),
            ("heading", {"text": "Licenza dei contenuti"}),
            (
                "rich_text",
                "<p>Salvo diversa indicazione, testi e documenti sono pubblicati con licenza "
                "Creative Commons Attribuzione 4.0: possono essere copiati, modificati e riusati, "
                "anche per fini diversi, citando la fonte. I marchi e i loghi degli enti restano "
                "dei rispettivi titolari.</p>",
            ),
            ("heading", {"text": "Modelli e schemi"}),
            (
                "rich_text",
                "<p>I modelli pubblicati in biblioteca sono strumenti di lavoro. Ciascun ente li "
                "adatta alle proprie esigenze e verifica le norme in vigore prima di "
                "adottarli.</p>",
            ),
            ("heading", {"text": "Contenuti degli utenti"}),
            (
                "rich_text",
                "<p>Chi condivide un documento dichiara di averne titolo, di non violare diritti "
                "di terzi e di avere rimosso i dati personali non necessari. La redazione può "
                "sospendere la pubblicazione e ne dà notizia a chi l’ha richiesta.</p>",
            ),
        ],
    ),
    PageText(
        key="privacy",
        slug="privacy",
        title="Informativa privacy",
        summary="Quali dati personali tratta il portale, perché, per quanto tempo.",
        body=[
            ("heading", {"text": "Titolare del trattamento"}),
            (
                "rich_text",
                "<p>Titolare è l’Unione Province d’Italia. Le richieste si inviano a "
                f'<a href="mailto:{MAIL}">{MAIL}</a>.</p>',
            ),
            ("heading", {"text": "Dati trattati e finalità"}),
            (
                "table",
                {
                    "caption": "Finalità, dati, base giuridica e durata",
                    "header": ["Finalità", "Dati", "Base giuridica", "Conservazione"],
                    "rows": [
                        [
                            "Account e appartenenza all’ente",
                            "nome, cognome, indirizzo di posta, ente, ufficio",
                            "compito di interesse pubblico",
                            "fino alla chiusura dell’account",
                        ],
                        [
                            "Documenti e interventi pubblicati",
                            "autore, ente, data",
                            "compito di interesse pubblico",
                            "durata della rete tematica",
                        ],
                        [
                            "Sicurezza",
                            "indirizzo IP, data e ora degli accessi",
                            "sicurezza del servizio",
                            "sei mesi",
                        ],
                        [
                            "Avvisi e notifiche",
                            "preferenze scelte dalla persona",
                            "richiesta dell’interessato",
                            "fino alla revoca",
                        ],
                    ],
                },
            ),
            ("heading", {"text": "Cookie"}),
            (
                "rich_text",
                "<p>Il portale usa solo cookie tecnici: uno per la sessione, uno contro l’invio "
                "fraudolento dei moduli. Non usa profilazione e non richiama servizi di terzi; i "
                "video esterni si caricano solo dopo il clic.</p>",
            ),
            ("heading", {"text": "Diritti"}),
            (
                "rich_text",
                "<p>Chi ha un account può scaricare i propri dati e chiederne la cancellazione "
                "dal profilo. Restano i diritti previsti dagli articoli da 15 a 22 del regolamento "
                "(UE) 2016/679 e il reclamo al Garante per la protezione dei dati personali.</p>",
            ),
        ],
    ),
    PageText(
        key="accessibilita",
        slug="accessibilita",
        title="Dichiarazione di accessibilità",
        summary="Impegno per l’accessibilità del portale e modalità per segnalare problemi.",
        body=[
            (
                "rich_text",
                "<p>L’Unione Province d’Italia si impegna a rendere il portale accessibile secondo "
                "la legge 9 gennaio 2004, n. 4. L’obiettivo è il livello AA delle linee guida WCAG, "
                "versione 2.2.</p>",
            ),
            (
                "alert",
                {
                    "level": "info",
                    "text": "La dichiarazione compilata secondo il modello dell’Agenzia per "
                    "l’Italia digitale è raggiungibile dal collegamento in fondo a ogni pagina, "
                    "quando la redazione lo ha configurato.",
                },
            ),
            ("heading", {"text": "Che cosa può non essere accessibile"}),
            (
                "rich_text",
                "<p>Alcuni documenti della biblioteca sono copie per immagine di atti cartacei e "
                "non contengono testo. La redazione fornisce su richiesta una versione "
                "leggibile.</p>",
            ),
            ("heading", {"text": "Segnalazioni"}),
            (
                "rich_text",
                "<p>Si può segnalare una difficoltà scrivendo a "
                f'<a href="mailto:{MAIL}">{MAIL}</a>, con l’indirizzo della pagina e una breve '
                "descrizione. La risposta arriva entro trenta giorni; in caso di risposta "
                "insoddisfacente ci si può rivolgere al Difensore civico per il digitale.</p>",
            ),
        ],
    ),
    PageText(
        key="trasparenza",
        slug="amministrazione-trasparente",
        title="Amministrazione trasparente",
        summary="Informazioni sulla gestione del progetto e sulle procedure di affidamento.",
        body=[
            (
                "rich_text",
                "<p>Questa pagina raccoglie le informazioni sul finanziamento, sui soggetti "
                "coinvolti e sulle procedure pubbliche del progetto. Gli obblighi di ciascuna "
                "Provincia sono assolti nel rispettivo sito istituzionale.</p>",
            ),
            (
                "table",
                {
                    "caption": "Procedure di affidamento del progetto",
                    "header": ["Oggetto", "Procedura", "Valore"],
                    "rows": [
                        [
                            "Servizi di formazione, attività A5, A6 e A7",
                            "aperta, tre lotti",
                            "€ 200.000 per lotto",
                        ],
                        [
                            "Piattaforma collaborativa, attività A8, A9, A10 e A11",
                            "aperta, lotto unico",
                            "€ 800.000",
                        ],
                    ],
                },
            ),
            (
                "call_to_action",
                {
                    "title": "La scheda del progetto",
                    "text": "Programma, azione, costo, date di inizio e di fine.",
                    "label": "Vai alla scheda",
                    "link_key": "il-progetto",
                },
            ),
        ],
    ),
    PageText(
        key="media-policy",
        slug="media-policy",
        title="Media policy",
        summary="Come il progetto comunica e quali regole valgono negli spazi di discussione.",
        body=[
            ("heading", {"text": "Che cosa pubblichiamo"}),
            (
                "rich_text",
                "<p>Notizie sulle attività, appuntamenti, documenti, risultati delle Province. "
                "Ogni contenuto indica chi ne risponde e quando è stato aggiornato.</p>",
            ),
            ("heading", {"text": "Come si partecipa"}),
            (
                "rich_text",
                "<ul><li>Si interviene con il proprio nome, indicando se a nome dell’ente o a "
                "titolo personale.</li><li>Si resta sul tema e si citano le fonti.</li>"
                "<li>Non si pubblicano dati personali di terzi né documenti riservati.</li>"
                "<li>Offese, discriminazioni e pubblicità commerciale sono rimosse.</li></ul>",
            ),
            ("heading", {"text": "Moderazione"}),
            (
                "rich_text",
                "<p>I moderatori motivano ogni rimozione e l’autore può chiedere il riesame. "
                "Gli interventi esprimono l’opinione di chi li scrive.</p>",
            ),
        ],
    ),
    PageText(
        key="contatti",
        slug="contatti",
        title="Contatti e assistenza",
        summary="A chi rivolgersi per il progetto, per l’accesso al portale e per i documenti.",
        body=[
            (
                "rich_text",
                f'<p>Per ogni richiesta: <a href="mailto:{MAIL}">{MAIL}</a>.</p>',
            ),
            (
                "accordion",
                [
                    {
                        "title": "Non riesco ad accedere",
                        "text": "<p>Dalla pagina di accesso si può chiedere una nuova password. Se "
                        "l’indirizzo di posta è cambiato, risponde il referente dell’ente.</p>",
                    },
                    {
                        "title": "L’appartenenza al mio ente è in attesa",
                        "text": "<p>La conferma spetta al referente provinciale o a UPI. Nel "
                        "frattempo si possono leggere tutti i contenuti pubblici.</p>",
                    },
                    {
                        "title": "Vorrei condividere un documento",
                        "text": "<p>Chi appartiene a un ente carica il documento dal proprio "
                        "profilo e sceglie se riservarlo ai colleghi o proporlo alla biblioteca "
                        "pubblica.</p>",
                    },
                    {
                        "title": "Ho trovato un errore",
                        "text": "<p>Basta scrivere alla redazione con l’indirizzo della "
                        "pagina.</p>",
                    },
                ],
            ),
        ],
    ),
    PageText(
        key="mappa-del-sito",
        slug="mappa-del-sito",
        title="Mappa del sito",
        summary="Tutte le sezioni del portale in una pagina.",
        body=[
            (
                "cards",
                [
                    {
                        "title": "Reti",
                        "text": "SUA, Servizi Europa, Innovazione: modelli e buone pratiche.",
                        "link_key": "reti",
                    },
                    {
                        "title": "Notizie",
                        "text": "Che cosa accade nel progetto e nelle Province.",
                        "link_key": "notizie",
                    },
                    {
                        "title": "Eventi",
                        "text": "Incontri, focus group, formazione.",
                        "link_key": "eventi",
                    },
                    {
                        "title": "Biblioteca",
                        "text": "Schemi, procedure, verbali, piani.",
                        "link_key": "/biblioteca/",
                    },
                    {
                        "title": "Le Province",
                        "text": "L’elenco con codici e contatti istituzionali.",
                        "link_key": "/osservatorio/province/",
                    },
                    {
                        "title": "Il progetto",
                        "text": "Obiettivi, passi, attività, ruolo delle Province.",
                        "link_key": "il-progetto",
                    },
                ],
            ),
        ],
    ),
)
