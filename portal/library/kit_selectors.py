"""Raccolte and what is in them, already filtered by what the reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q
from django.http import Http404

from portal.library.models import Document, DocumentKit, DocumentKitQuerySet, DocumentQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Reader = AbstractBaseUser | AnonymousUser


def get_kit_for(reader: Reader, slug: str, editor: bool = False) -> DocumentKit:
    """Return a kit for somebody who may read it, or change it as ``editor``.

    Raises Http404 to who may not know that it exists, PermissionDenied to who may only read it.
    """
    kit = DocumentKit.objects.visible_to(reader).filter(slug=slug).select_related("network").first()
    if kit is None:
        raise Http404("No such kit for this reader.")
    if editor and not kit.may_be_changed_by(reader):
        raise PermissionDenied
    return kit


def kits_for(reader: Reader) -> DocumentKitQuerySet:
    """Return the kits a reader may see, each with ``document_count`` of those she may see in it."""
    visible = Document.objects.visible_to(reader).values("pk")
    return (
        DocumentKit.objects.visible_to(reader)
        .select_related("network")
        .annotate(document_count=Count("entries", filter=Q(entries__document__in=visible)))
        .order_by("title", "pk")
    )


def documents_of_kit(reader: Reader, kit: DocumentKit) -> DocumentQuerySet:
    """Return the documents of a kit that a reader may see, in the kit's order."""
    return (
        Document.objects.visible_to(reader)
        .filter(kit_entries__kit=kit)
        .order_by(F("kit_entries__position"), F("kit_entries__pk"))
    )


def kits_open_to(user: Reader, document: Document) -> DocumentKitQuerySet:
    """Return the kits that somebody may change and that lack a document."""
    return DocumentKit.objects.editable_by(user).exclude(entries__document=document)


def kits_with(reader: Reader, document: Document) -> DocumentKitQuerySet:
    """Return the kits a reader may see that hold a document."""
    return DocumentKit.objects.visible_to(reader).filter(entries__document=document)


def candidates(reader: Reader, kit: DocumentKit, words: str, limit: int = 10) -> list[Document]:
    """Return documents in use, not yet in a kit, whose titles have all the words."""
    found = Document.objects.visible_to(reader).in_use().exclude(kit_entries__kit=kit)
    for word in words.split()[:10]:
        found = found.filter(title__icontains=word)
    return list(found.readable().order_by("-created_at", "-pk")[:limit]) if words.split() else []
