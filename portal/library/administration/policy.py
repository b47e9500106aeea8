"""What an editor may do with documents in /gestione/, which never passes what she may read."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from wagtail.documents.permissions import permission_policy
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.library.models import Document, DocumentQuerySet


class LibraryPermissionPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's permissions by collection, for the documents that the library lets one read."""

    def instances_user_has_any_permission_for(
        self, user: User, actions: Collection[str]
    ) -> DocumentQuerySet:
        return super().instances_user_has_any_permission_for(user, actions).visible_to(user)

    def user_has_any_permission_for_instance(
        self, user: User, actions: Collection[str], instance: Document
    ) -> bool:
        allowed = super().user_has_any_permission_for_instance(user, actions, instance)
        return allowed and instance.is_visible_to(user)


def install_policy() -> None:
    """Give the library's rule to the one policy object that every view of Wagtail holds.

    Wagtail has no setting for it, and its modules keep the object itself: only its class can
    change for all of them, whatever was imported before (docs/decisions/0010).
    """
    permission_policy.__class__ = LibraryPermissionPolicy
