"""Lists of the library, already filtered by what the reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.library.models import Document, DocumentQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Reader = AbstractBaseUser | AnonymousUser

FILTERS = {
    "q": "title__icontains",
    "tipo": "kind",
    "rete": "networks__slug",
    "provincia": "organisation__sigla",
    "anno": "year",
    "formato": "current_version__format",
}


def browse_documents(reader: Reader, filters: dict[str, Any]) -> DocumentQuerySet:
    """Return the documents for a reader, newest first, narrowed by known filters."""
    wanted = {FILTERS[name]: value for name, value in filters.items() if name in FILTERS and value}
    return (
        Document.objects.visible_to(reader)
        .filter(**wanted)
        .readable()
        .distinct()
        .order_by("-created_at", "-pk")
    )


def related_documents(reader: Reader, document: Document, limit: int = 4) -> list[Document]:
    """Return other documents of the same kind or networks, the nearest in year first."""
    networks = [network.pk for network in document.networks.all()]
    candidates = (
        Document.objects.visible_to(reader)
        .filter(networks__in=networks)
        .exclude(pk=document.pk)
        .readable()
        .distinct()
        .order_by("-year", "title")
    )
    same_kind = list(candidates.filter(kind=document.kind)[:limit])
    if len(same_kind) < limit:
        known = [found.pk for found in same_kind]
        same_kind += list(candidates.exclude(pk__in=known)[: limit - len(same_kind)])
    return same_kind
