"""The end of a document's life: reminded, archived, thrown away, restored, deleted."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.accounts.models import User
from portal.core.letters import queue_letter
from portal.library.models import Document

log = logging.getLogger(__name__)
TRASH_DAYS = 30


def _check(actor: User, document: Document) -> None:
    if not document.may_be_changed_by(actor):
        raise PermissionDenied


def _now_and_index(document: Document, *fields: str) -> None:
    """Save the fields; the save tells the search, which hides what is no longer for its readers."""
    document.save(update_fields=[*fields, "updated_at"])


@transaction.atomic
def archive(actor: User, document: Document) -> None:
    """Leave a document out of the lists, where a filter still finds it. Raises PermissionDenied."""
    _check(actor, document)
    if document.archived_at is None:
        document.archived_at = timezone.now()
        _now_and_index(document, "archived_at")


@transaction.atomic
def bring_back(actor: User, document: Document) -> None:
    """Put an archived document back among those in use. Raises PermissionDenied."""
    _check(actor, document)
    if document.archived_at is not None:
        document.archived_at = None
        _now_and_index(document, "archived_at")


@transaction.atomic
def throw_away(actor: User, document: Document) -> None:
    """Put a document in the trash: nobody reads or finds it any more. Raises PermissionDenied."""
    _check(actor, document)
    if document.trashed_at is None:
        document.trashed_at = timezone.now()
        document.trashed_by = actor
        _now_and_index(document, "trashed_at", "trashed_by")


@transaction.atomic
def restore(actor: User, document: Document) -> None:
    """Take a document out of the trash, as it was. Raises PermissionDenied."""
    _check(actor, document)
    if document.trashed_at is not None:
        document.trashed_at = None
        document.trashed_by = None
        _now_and_index(document, "trashed_at", "trashed_by")


def empty_trash() -> int:
    """Delete for good, with their files, what has been in the trash for 30 days; count them."""
    before = timezone.now() - timedelta(days=TRASH_DAYS)
    deleted = 0
    for document in Document.objects.filter(trashed_at__lt=before):
        try:
            with transaction.atomic():
                document.delete()
            deleted += 1
        except DatabaseError:
            log.exception("Document %s could not be deleted from the trash", document.pk)
    return deleted


def remind_reviews() -> int:
    """Write to the uploader of each document whose review date has come, once for each date.

    Returns how many letters were queued; the date told and its letter are one transaction.
    """
    due = (
        Document.objects.kept()
        .in_use()
        .filter(review_date__lte=timezone.localdate(), uploaded_by_user__is_active=True)
        .filter(Q(review_reminded_for=None) | ~Q(review_reminded_for=F("review_date")))
        .select_related("uploaded_by_user")
    )
    told = 0
    for document in due:
        with transaction.atomic():
            claimed = (
                Document.objects.filter(pk=document.pk, review_date=document.review_date)
                .filter(Q(review_reminded_for=None) | ~Q(review_reminded_for=document.review_date))
                .update(review_reminded_for=document.review_date)
            )
            if claimed and document.uploaded_by_user:
                queue_letter(
                    "library/mail/review.txt",
                    {"document": document},
                    [document.uploaded_by_user.email],
                )
                told += 1
    return told
