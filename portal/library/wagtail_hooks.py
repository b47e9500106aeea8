"""Hooks of Wagtail about the documents that editors choose."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks

from portal.library.models import DocumentQuerySet


@hooks.register("construct_document_chooser_queryset")
def choose_what_is_in_use(documents: DocumentQuerySet, request: HttpRequest) -> DocumentQuerySet:
    """Offer no document of the archive or of the trash for a page."""
    return documents.kept().in_use()
