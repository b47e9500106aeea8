"""What reading found in the files besides text: scans, files inside, failures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from portal.library.extraction import ERROR_TEXTS
from portal.library.models import (
    Document,
    DocumentPage,
    DocumentVersion,
    FileMember,
    MemberState,
    RecognitionState,
    VersionState,
)

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Reader = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Recognised:
    """How many pages of a version are pictures, by what became of them."""

    waiting: int
    done: int
    failed: int

    @property
    def total(self) -> int:
        """The scanned pages."""
        return self.waiting + self.done + self.failed


def recognised_pages(version: DocumentVersion) -> Recognised:
    """Count the scanned pages of a version."""
    states = RecognitionState
    counts = version.pages.aggregate(
        waiting=Count("pk", filter=Q(recognition=states.WAITING)),
        done=Count("pk", filter=Q(recognition=states.DONE)),
        failed=Count("pk", filter=Q(recognition=states.FAILED)),
    )
    return Recognised(**counts)


def members_for(reader: Reader, version: DocumentVersion) -> list[FileMember]:
    """Return the files inside a version, with the documents made of them that a reader sees.

    One whose document was deleted for good is offered again.
    """
    members = list(version.members.all())
    made = Document.objects.visible_to(reader).in_bulk(
        [member.document_id for member in members if member.document_id]
    )
    for member in members:
        if member.state == MemberState.KEPT and member.document_id is None:
            member.state = MemberState.OFFERED
        member.document = made.get(member.document_id)
    return members


def source_for(reader: Reader, document: Document) -> Document | None:
    """Return the document that another was taken out of, if the reader sees it."""
    if document.source_id is None:
        return None
    return Document.objects.visible_to(reader).filter(pk=document.source_id).first()


def recognised_words(page: DocumentPage) -> list[list[Any]]:
    """Return the words of a recognised page: ``[word, left, top, right, bottom]``, in fractions."""
    boxes = getattr(page, "word_boxes", None)
    return list(boxes.words) if boxes else []


@dataclass(frozen=True)
class Failure:
    """A reason why files could not be read, and how many files it stopped."""

    reason: str
    count: int


def failures() -> list[Failure]:
    """Return the reasons that keep current versions from being read, the commonest first."""
    failed = DocumentVersion.objects.filter(
        state=VersionState.FAILED, pk__in=Document.objects.kept().values("current_version")
    )
    rows = failed.order_by().values_list("failure_code").annotate(count=Count("pk"))
    return [
        Failure(ERROR_TEXTS.get(code, ERROR_TEXTS["crashed"]), count)
        for code, count in sorted(rows, key=lambda row: (-row[1], row[0]))
    ]


def unread_documents(reader: Reader, limit: int = 50) -> list[Document]:
    """Return the newest documents that could not be read, among those the reader sees."""
    return list(
        Document.objects.visible_to(reader)
        .filter(current_version__state=VersionState.FAILED)
        .readable()
        .order_by("-created_at", "-pk")[:limit]
    )
