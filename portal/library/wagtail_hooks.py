"""Hooks of Wagtail: the documents editors handle, the state of the readings among the reports."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.views import chooser
from wagtail.log_actions import LogActionRegistry

from portal.core import access
from portal.library.administration import views
from portal.library.administration.api import VisibleDocumentsAPIViewSet
from portal.library.administration.bulk import BULK_ACTIONS
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


@hooks.register("register_admin_urls", order=-1)
def urls_of_one_document() -> list[URLPattern]:
    """Take the addresses of one document before Wagtail's views do."""
    return [
        path("documents/edit/<int:document_id>/", views.EditView.as_view()),
        path("documents/delete/<int:document_id>/", views.DeleteView.as_view()),
        path("documents/usage/<int:document_id>/", views.UsageView.as_view()),
        path("documents/multiple/<int:doc_id>/", views.EditUploadedView.as_view()),
        path("documents/multiple/<int:doc_id>/delete/", views.DeleteUploadedView.as_view()),
    ]


@hooks.register("construct_admin_api", order=1)
def documents_of_the_api(router: WagtailAPIRouter) -> None:
    """Answer with the documents that the editor may read."""
    router.register_endpoint("documents", VisibleDocumentsAPIViewSet)


@hooks.register("register_log_actions")
def log_of_the_trash(actions: LogActionRegistry) -> None:
    """Name what the history of /gestione/ keeps about documents."""
    actions.register_action(views.THROWN_AWAY, "Metti nel cestino", "Messo nel cestino")


# After Wagtail's own, which have the same names.
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action, order=1)

chooser.viewset.chosen_view_class = views.ChosenView
