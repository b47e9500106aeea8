"""The only door to a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404

from portal.library.models import Document, DocumentVersion

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Reader = AbstractBaseUser | AnonymousUser

DocumentRole = Literal["reader", "editor"]


def get_document_for(user: Reader, pk: int, role: DocumentRole = "reader") -> Document:
    """Return a document for somebody who may read it, or change it as ``editor``.

    Raises Http404 to who may not know that it exists, PermissionDenied to who may only read it.
    """
    document = Document.objects.visible_to(user).readable().filter(pk=pk).first()
    if document is None:
        raise Http404("No such document for this reader.")
    if role == "editor" and not document.may_be_changed_by(user):
        raise PermissionDenied
    return document


def get_version_for(user: Reader, pk: int, number: int) -> DocumentVersion:
    """Return a version of a document for somebody who may change it.

    Raises Http404 and PermissionDenied as ``get_document_for``; older versions are for editors.
    """
    document = get_document_for(user, pk, role="editor")
    version = document.versions.filter(number=number).first()
    if version is None:
        raise Http404("No such version.")
    version.document = document
    return version


def get_trashed_document_for(user: Reader, pk: int) -> Document:
    """Return a document of the trash for somebody who may restore it, otherwise raise Http404."""
    document = Document.objects.in_trash_for(user).readable().filter(pk=pk).first()
    if document is None:
        raise Http404("No such document in this person's trash.")
    return document
