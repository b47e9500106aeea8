"""Lists of the library, already filtered by what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from portal.core import see_also
from portal.library.comparison import align_pages, same_text
from portal.library.models import (
    Document,
    DocumentPage,
    DocumentQuerySet,
    DocumentVersion,
    SetAside,
    SketchBand,
    TextSketch,
)
from portal.library.similarity import NEARLY, likeness

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

    Reader = AbstractBaseUser | AnonymousUser

FILTERS = {
    "q": "title__icontains",
    "tipo": "kind",
    "rete": "networks__slug",
    "provincia": "organisation__sigla",
    "anno": "year",
    "formato": "current_version__format",
}
CANDIDATES = 100


def browse_documents(reader: Reader, filters: dict[str, Any]) -> DocumentQuerySet:
    """Return the documents for a reader, newest first, narrowed by known filters.

    What is archived appears only when ``stato`` asks for it: ``archiviati`` or ``tutti``.
    """
    wanted = {FILTERS[name]: value for name, value in filters.items() if name in FILTERS and value}
    documents = Document.objects.visible_to(reader).filter(**wanted)
    if filters.get("stato") == "archiviati":
        documents = documents.filter(archived_at__isnull=False)
    elif filters.get("stato") != "tutti":
        documents = documents.in_use()
    return documents.readable().distinct().order_by("-created_at", "-pk")


def existing_document(reader: Reader, sha256: str) -> Document | None:
    """Return a document that has this very file, if the reader may know of one."""
    versions = DocumentVersion.objects.filter(sha256=sha256)
    return Document.objects.visible_to(reader).filter(current_version__in=versions).first()


@dataclass(frozen=True)
class NearDuplicate:
    """A document whose text is nearly that of another, and how nearly in percent."""

    document: Document
    percent: int


def near_duplicates(reader: Reader, document: Document, limit: int = 3) -> list[NearDuplicate]:
    """Return the documents the reader may see whose current text is nearly that of a document.

    The bands name the candidates, the sketches decide; what was set aside stays out. Never blocks
    and never raises: a document that was not read yet, or says too little, has none.
    """
    version = document.current_version
    sketch = TextSketch.objects.filter(version=version).first() if version else None
    if sketch is None or not sketch.values:
        return []
    bands = SketchBand.objects.filter(version=version).values("value")
    alike = SketchBand.objects.filter(value__in=bands).exclude(version=version)
    candidates = (
        Document.objects.visible_to(reader)
        .filter(current_version__in=alike.values("version"))
        .exclude(pk=document.pk)
        .exclude(pk__in=SetAside.objects.filter(document=document).values("other"))
        .select_related("current_version__sketch")
    )
    found = []
    for other in candidates[:CANDIDATES]:
        assert other.current_version is not None
        share = likeness(bytes(sketch.values), bytes(other.current_version.sketch.values))
        if share >= NEARLY:
            found.append(NearDuplicate(other, round(share * 100)))
    return sorted(found, key=lambda near: (-near.percent, near.document.pk))[:limit]


def duplicates_set_aside(reader: Reader, document: Document) -> DocumentQuerySet:
    """Return the documents the reader may see that were set aside as no duplicates of one."""
    aside = SetAside.objects.filter(document=document).values("other")
    return Document.objects.visible_to(reader).filter(pk__in=aside).order_by("title", "pk")


def uploads_of(user: User) -> DocumentQuerySet:
    """Return what a person uploaded, newest first, the trash left out."""
    own = user.uploaded_documents.kept()  # type: ignore[attr-defined]
    return own.readable().order_by("-created_at", "-pk")


def trashed_documents(user: Reader) -> DocumentQuerySet:
    """Return the documents that a person may still take out of the trash, the last one first."""
    thrown = Document.objects.in_trash_for(user).readable().select_related("trashed_by")
    return thrown.order_by("-trashed_at", "-pk")


def similar_documents(reader: Reader, document: Document, limit: int = 5) -> list[Document]:
    """Return the documents in use that the search finds like one, the likest first."""
    keys = see_also.similar_documents(reader, document.pk, limit * 2)
    found = Document.objects.visible_to(reader).in_use().filter(pk__in=keys).exclude(pk=document.pk)
    return sorted(found.readable(), key=lambda other: keys.index(other.pk))[:limit]


def related_documents(reader: Reader, document: Document, limit: int = 4) -> list[Document]:
    """Return other documents of the same kind or networks, the nearest in year first."""
    networks = [network.pk for network in document.networks.all()]
    candidates = (
        Document.objects.visible_to(reader)
        .in_use()
        .filter(networks__in=networks)
        .exclude(pk=document.pk)
        .readable()
        .distinct()
        .order_by("-year", "title")
    )
    same_kind = list(candidates.filter(kind=document.kind)[:limit])
    if len(same_kind) < limit:
        known = [found.pk for found in same_kind]
        same_kind += list(candidates.exclude(pk__in=known)[: limit - len(same_kind)])
    return same_kind


@dataclass(frozen=True)
class ChangedPage:
    """A page that differs between two versions; a side without it is None."""

    old: DocumentPage | None
    new: DocumentPage | None


@dataclass(frozen=True)
class Comparison:
    """The pages that differ between two versions, and how many do not."""

    changed: list[ChangedPage]
    same: int
    added: int
    removed: int


def compare_versions(old: DocumentVersion, new: DocumentVersion) -> Comparison:
    """Pair the pages of two versions and keep those that differ (two queries)."""
    left, right = list(old.pages.all()), list(new.pages.all())
    pairs = align_pages([page.text for page in left], [page.text for page in right])
    changed, same, added, removed = [], 0, 0, 0
    for i, j in pairs:
        before, after = left[i] if i is not None else None, right[j] if j is not None else None
        if before and after and same_text(before.text, after.text):
            same += 1
            continue
        added += before is None
        removed += after is None
        changed.append(ChangedPage(before, after))
    return Comparison(changed, same, added, removed)
