"""Suggestions while typing: what the reader may see, and what she looked for before.

Features whose titles are suggested register a function with ``register_suggester``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from portal.accounts.models import User
from portal.core.pages import BasePage, visible_pages
from portal.core.registry import Registry
from portal.library.models import Document
from portal.organisations.models import Organisation
from search.analysis.chain import fold
from search.sources.pages import KIND_LABELS, KIND_NAMES, LEFT_OUT, kind_of

if TYPE_CHECKING:
    from search.sources.base import Reader

SHORTEST, LONGEST = 2, 80
TITLES, OTHERS = 5, 3


@dataclass(frozen=True)
class Suggestion:
    """A line of the list: what it is, its words, where it leads."""

    what: str
    label: str
    url: str


Rows = TypeVar("Rows", bound="QuerySet[Any]")
Suggester = Callable[["Reader", str, int], list[Suggestion]]
_suggesters: Registry[Suggester] = Registry("suggester")
register_suggester = _suggesters.register


def suggestions(reader: Reader, typed: str) -> list[Suggestion]:
    """Return own past queries, titles, kinds and Provinces for what somebody is typing."""
    text = " ".join(typed.replace("\x00", " ").split())[:LONGEST]
    if len(text) < SHORTEST:
        return []
    found = _past(reader, text)
    for _, suggest in _suggesters:
        found += suggest(reader, text, TITLES)
    return found + _kinds(text) + _provinces(text)


def document_titles(reader: Reader, text: str, limit: int) -> list[Suggestion]:
    """Suggest the documents that the reader may see."""
    found = titled(Document.objects.visible_to(reader), text).only("pk", "title")
    return [
        Suggestion("Documento", document.title, document.get_absolute_url())
        for document in found.order_by("title", "pk")[:limit]
    ]


def page_titles(reader: Reader, text: str, limit: int) -> list[Suggestion]:
    """Suggest the live pages that the reader may see."""
    found = titled(visible_pages(reader).filter(depth__gt=2), text).order_by("title", "pk")
    pages = [page for page in found.specific()[: limit * 2] if isinstance(page, BasePage)]
    return [
        Suggestion(KIND_NAMES[kind_of(page)], page.title, page.get_url() or "")
        for page in pages
        if type(page).__name__ not in LEFT_OUT
    ][:limit]


def titled(rows: Rows, text: str) -> Rows:
    """Keep the titles where every typed word begins a word."""
    for word in text.split()[:8]:
        begins = Q()
        for before in ("", " ", "'", "’", "«", '"', "("):
            begins |= Q(
                **{"title__istartswith" if not before else "title__icontains": before + word}
            )
        rows = rows.filter(begins)
    return rows


def _past(reader: Reader, text: str) -> list[Suggestion]:
    if not isinstance(reader, User):
        return []
    found = reader.past_queries.filter(text__icontains=text).values_list("text", flat=True)
    return [Suggestion("Già cercato", past, _search(q=past)) for past in found[:OTHERS]]


def _kinds(text: str) -> list[Suggestion]:
    return [
        Suggestion("Tipo di contenuto", label, _search(tipo=kind))
        for kind, label in KIND_LABELS.items()
        if fold(label).startswith(fold(text))
    ][:OTHERS]


def _provinces(text: str) -> list[Suggestion]:
    wanted = fold(text).removeprefix("provincia di ").strip()
    if len(wanted) < SHORTEST:
        return []
    named = Organisation.objects.provinces().order_by("name").values_list("sigla", "name")
    return [
        Suggestion("Provincia", name, _search(provincia=sigla))
        for sigla, name in named
        if fold(name).startswith(wanted) or sigla.lower() == wanted
    ][:OTHERS]


def _search(**parameters: str) -> str:
    return f"{reverse('search:search')}?{urlencode(parameters)}"
