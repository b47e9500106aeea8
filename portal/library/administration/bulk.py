"""Wagtail's actions on many documents, for those that the editor may read."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from wagtail.documents.views.bulk_actions import (
    AddTagsBulkAction,
    AddToCollectionBulkAction,
    DeleteBulkAction,
)

from portal.accounts.models import User
from portal.library.administration.views import tell_thrown_away, throw_away
from portal.library.models import Document
from portal.library.services import retention


class VisibleDocuments:
    """Name no document that the editor may not read, not even to say that she may not."""

    def get_actionable_objects(self) -> tuple[list[Document], dict[str, list[Document]]]:
        objects, others = super().get_actionable_objects()  # type: ignore[misc]
        user = self.request.user  # type: ignore[attr-defined]
        refused = [made for made in others["items_with_no_access"] if made.is_visible_to(user)]
        if not objects and not refused:
            raise Http404("No such documents for this editor.")
        return objects, {"items_with_no_access": refused}


class AddTags(VisibleDocuments, AddTagsBulkAction):
    """Add tags to the chosen documents."""


class AddToCollection(VisibleDocuments, AddToCollectionBulkAction):
    """Move the chosen documents to a collection."""


class ThrowAway(VisibleDocuments, DeleteBulkAction):
    """Put the chosen documents in the trash."""

    display_name = "Metti nel cestino"
    aria_label = "Metti nel cestino i documenti scelti"
    template_name = "library/administration/throw_away_many.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "trash_days": retention.TRASH_DAYS}

    def get_execution_context(self) -> dict[str, Any]:
        return {"actor": self.request.user}

    @classmethod
    def execute_action(
        cls, objects: list[Document], *, actor: User, **kwargs: Any
    ) -> tuple[int, int]:
        for document in objects:
            throw_away(actor, document)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> None:
        one = num_parent_objects == 1
        who = "Un documento è" if one else f"{num_parent_objects} documenti sono"
        tell_thrown_away(self.request, f"{who} nel cestino.")


BULK_ACTIONS = (AddTags, AddToCollection, ThrowAway)
