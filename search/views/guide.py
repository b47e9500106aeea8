"""How to search: the page that explains, and the form for those who want no syntax."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from search.forms import AdvancedSearchForm

# What is typed and what it finds, by section of the page; each runs as a link.
EXAMPLES: dict[str, list[tuple[str, str]]] = {
    "words": [
        (
            "convenzione comuni",
            "i contenuti con tutte e due le parole, anche «convenzioni»",
        ),
        ("attivita", "anche «attività», «ATTIVITA'»"),
    ],
    "phrases": [
        ('"gestione associata"', "le due parole esatte, una dopo l'altra"),
        ("gara -lavori", "la prima parola, senza la seconda"),
        ('convenzione -"servizio europa"', "la prima parola, senza la frase"),
    ],
    "operators": [
        ("bando O avviso", "almeno una delle due"),
        ("regolamento E comuni", "tutte e due, come senza la E"),
        ("gara NON lavori", "la prima, senza la seconda"),
        ("(bando O avviso) E europa", "una delle prime due, e sempre la terza"),
    ],
    "near": [
        ("program*", "tutte le parole che cominciano così: programma, programmazione…"),
        ("comuni NEAR/10 convenzione", "le due parole a non più di dieci parole l'una dall'altra"),
    ],
    "fields": [
        ("titolo:regolamento", "la parola nel titolo"),
        (
            "convenzione provincia:TV",
            "i contenuti di una Provincia, per sigla o per nome",
        ),
        ("verbale anno:2022", "i contenuti di un anno"),
        ("verbale anno:2020-2022", "i contenuti di più anni"),
        ("europa tipo:notizia", "le notizie; anche evento, documento, corso, verbale, piano"),
        ("piano rete:innovazione", "i contenuti di una rete: sua, europa, innovazione"),
    ],
    "acronyms": [
        ("SUA", "la sigla, anche S.U.A., e «stazione unica appaltante»"),
        ("stazione unica appaltante", "anche dove è scritta solo la sigla"),
        ("d.lgs. 36/2023", "l'abbreviazione, comunque sia scritta"),
    ],
}


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    """Explain the query language with examples that run."""
    return render(request, "search/help.html", {"examples": EXAMPLES})


@require_safe
def advanced(request: HttpRequest) -> HttpResponse:
    """Compose a query from boxes and go to its results."""
    form = AdvancedSearchForm(request.GET if "cerca" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect(form.address())
    return render(
        request, "search/advanced.html", {"form": form}, status=422 if form.is_bound else 200
    )
