"""The page /stile/: every component and every block of the portal in every state."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from portal.core.blocks import BodyStreamBlock
from portal.home.front import tiles
from portal.library.models import Document, DocumentKind, DocumentVersion, VersionState
from portal.networks.models import NetworkPage


class ExampleForm(forms.Form):
    """One field of each kind."""

    testo = forms.CharField(label="Testo", help_text="Come si legge in un documento.", initial="")
    data = forms.DateField(  # type: ignore[assignment]
        label="Data", widget=forms.DateInput(attrs={"type": "date"})
    )
    nota = forms.CharField(label="Nota", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    scelta = forms.ChoiceField(label="Scelta", choices=[("a", "Prima"), ("b", "Seconda")])
    reti = forms.MultipleChoiceField(
        label="Reti",
        widget=forms.CheckboxSelectMultiple,
        choices=[("sua", "SUA"), ("europa", "Servizi Europa"), ("innovazione", "Innovazione")],
    )
    consenso = forms.BooleanField(label="Ho letto le istruzioni", required=False)
    file = forms.FileField(label="File", required=False)


EDITORS = [
    {
        "name": "editor-vuoto",
        "title": "Vuoto",
        "label": "La sua risposta",
        "placeholder": "Scriva qui. La bozza si salva da sola.",
    },
    {
        "name": "editor-scritto",
        "title": "Scritto",
        "label": "Testo dell'intervento",
        "help": "Lo leggono gli iscritti allo spazio.",
        "format": "html",
        "text": "<p>Noi siamo a <strong>42 Comuni</strong>. Contributo a scaglioni, con un "
        "<em>minimo fisso</em>: vedi lo "
        '<a href="https://example.org/schema">schema</a>.</p><ol><li><p>per numero di gare</p></li>'
        "<li><p>per abitanti</p></li></ol><blockquote><p>Lo schema attuale non regge.</p>"
        "</blockquote><p>Il primo anno abbiamo chiuso in pareggio.</p>",
    },
    {
        "name": "editor-errato",
        "title": "Con un errore",
        "label": "Domanda",
        "error": "Scriva la domanda: basta una frase.",
    },
    {
        "name": "editor-completo",
        "title": "Con bozza e allegati",
        "label": "Nuovo intervento",
        "text": "Prima riga.\nSeconda riga.\n\nUn altro paragrafo.",
        "draft": True,
        "files": True,
    },
]


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the components with invented content."""
    networks = list(NetworkPage.objects.live().select_related("network__lead_province"))
    return render(
        request,
        "home/stile/index.html",
        {
            "tiles": tiles(networks),
            "blocks": example_blocks(),
            "versions": example_versions(),
            "empty_form": ExampleForm(prefix="vuoto"),
            "wrong_form": ExampleForm(
                {"errato-testo": "", "errato-nota": "resta"}, prefix="errato"
            ),
            "editors": EDITORS,
            "page_of_many": Paginator(range(90), 10).get_page(4),
            "levels": ["info", "success", "warning", "danger"],
            "networks": [
                ("sua", "SUA"),
                ("europa", "Servizi Europa"),
                ("innovazione", "Innovazione"),
            ],
            "day": dt.date(2022, 4, 13),
            "moment": dt.datetime(2022, 5, 12, 10, 0),
            "numbers": [
                {"value": "76", "label": "Province", "note": "Regioni a statuto ordinario"},
                {"value": "12", "label": "focus group", "url": "/eventi/"},
            ],
            "steps": [
                {"date": "aprile 2022", "title": "Mappatura", "text": "Il punto di partenza."},
                {"date": "giugno 2022", "title": "Modelli", "text": ""},
            ],
        },
    )


def example_blocks() -> list[dict[str, Any]]:
    """Return name and HTML of each block of a page's body, with its preview's content."""
    found = []
    for name, block in BodyStreamBlock().child_blocks.items():
        value = block.get_preview_value()
        html: SafeString = block.render(value)
        found.append({"name": name, "label": block.label, "html": html})
    return found


def example_versions() -> list[Document]:
    """Return a document that was never saved for each state of a reading."""
    documents = []
    for number, state in enumerate(VersionState.values, start=1):
        document = Document(
            pk=number,
            title=f"Schema di convenzione, versione {number}",
            description="Una frase: a che cosa serve e a chi.",
            kind=DocumentKind.SCHEMA,
            year=2022,
        )
        document.current_version = DocumentVersion(
            pk=number, document=document, format="pdf", size=412_000, page_count=24, state=state
        )
        document._prefetched_objects_cache = {"networks": []}
        documents.append(document)
    return documents
