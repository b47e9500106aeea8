"""Hooks of Wagtail: the documents editors choose, the state of the readings among the reports."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.core import access
from portal.library.models import DocumentQuerySet


class ReadingsMenuItem(MenuItem):
    """The state of the readings, for the redazione and UPI."""

    def is_shown(self, request: HttpRequest) -> bool:
        return access.is_staff(request.user)


@hooks.register("register_reports_menu_item")
def readings_menu_item() -> MenuItem:
    """Put the state of the readings among the reports."""
    return ReadingsMenuItem(
        "Lettura dei documenti",
        reverse("library:status"),
        name="readings",
        icon_name="doc-full",
        order=660,
    )


@hooks.register("construct_document_chooser_queryset")
def choose_what_is_in_use(documents: DocumentQuerySet, request: HttpRequest) -> DocumentQuerySet:
    """Offer no document of the archive or of the trash for a page."""
    return documents.kept().in_use()
