"""Changes of pages and documents feed the outbox."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from portal.library.models import Document
from search.outbox import note_change, note_changes, note_removal


@receiver(post_save, sender=Document, dispatch_uid="search_document_saved")
def document_saved(instance: Document, **kwargs: Any) -> None:
    """Index a document again."""
    note_change("document", instance.pk)


@receiver(pre_delete, sender=Document, dispatch_uid="search_document_deleted")
def document_deleted(instance: Document, **kwargs: Any) -> None:
    """Take a document out of the index."""
    note_removal("document", instance.pk)


@receiver(page_published, dispatch_uid="search_page_published")
def published(instance: Page, **kwargs: Any) -> None:
    """Index a published page again."""
    note_change("page", instance.pk)


@receiver(page_unpublished, dispatch_uid="search_page_unpublished")
def unpublished(instance: Page, **kwargs: Any) -> None:
    """Take an unpublished page out of the index."""
    note_removal("page", instance.pk)


@receiver(pre_delete, dispatch_uid="search_page_deleted")
def page_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    """Take a deleted page, of whatever type, out of the index."""
    if sender is Page:
        note_removal("page", instance.pk)


@receiver(post_page_move, dispatch_uid="search_page_moved")
def moved(instance: Page, **kwargs: Any) -> None:
    """Index a moved subtree again: the restrictions above it may have changed."""
    _note_subtree(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="search_restricted")
def restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Index a subtree again when who may see it changes."""
    _note_subtree(instance.page)


@receiver(
    m2m_changed, sender=PageViewRestriction.groups.through, dispatch_uid="search_restricted_groups"
)
def restricted_groups(instance: Any, action: str, **kwargs: Any) -> None:
    """Index a subtree again when the groups that may see it change."""
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        _note_subtree(instance.page)


def _note_subtree(page: Page) -> None:
    pks = Page.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True)
    note_changes("page", list(pks))
