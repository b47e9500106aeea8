"""Saying that a document nearly the same as another is no duplicate, and taking that back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from portal.accounts.models import User
from portal.library.models import Document, SetAside


def set_aside(actor: User, document: Document, other: Document) -> None:
    """Show another document no more among those like one. Raises PermissionDenied."""
    _check(actor, document)
    if document != other:
        SetAside.objects.get_or_create(document=document, other=other, defaults={"by": actor})


def take_up(actor: User, document: Document, other: Document) -> None:
    """Show another document again among those like one. Raises PermissionDenied."""
    _check(actor, document)
    SetAside.objects.filter(document=document, other=other).delete()


def _check(actor: User, document: Document) -> None:
    if not document.may_be_changed_by(actor):
        raise PermissionDenied
