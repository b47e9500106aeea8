"""Documents in the JSON that /gestione/ asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet

if TYPE_CHECKING:
    from portal.library.models import DocumentQuerySet


class VisibleDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    """The documents that the editor may read."""

    def get_queryset(self) -> DocumentQuerySet:
        documents: DocumentQuerySet = super().get_queryset()
        return documents.visible_to(self.request.user)
