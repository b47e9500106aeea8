"""Who cites which norm, among the documents that a reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F

from portal.core.norms import act_url
from portal.library.models import Document, DocumentQuerySet, DocumentVersion, NormCitation

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Reader = AbstractBaseUser | AnonymousUser

MAX_NORMS = 60
MAX_PAGES = 12


def citing_documents(reader: Reader, act: str) -> DocumentQuerySet:
    """Return the documents whose current version cites an act, newest first."""
    versions = NormCitation.objects.filter(act=act).values("version")
    return (
        Document.objects.visible_to(reader)
        .filter(current_version__in=versions)
        .readable()
        .order_by("-created_at", "-pk")
    )


def with_pages(documents: Iterable[Any], act: str) -> None:
    """Give each document the pages that cite an act: ``cited_on``, and how many are left out."""
    listed = list(documents)
    pages: dict[int, list[int]] = defaultdict(list)
    rows = NormCitation.objects.filter(
        act=act, version__in=[document.current_version_id for document in listed]
    )
    for version, page in rows.order_by("page").values_list("version", "page"):
        pages[version].append(page)
    for document in listed:
        cited = pages[document.current_version_id]
        document.cited_on = cited[:MAX_PAGES]
        document.cited_more = max(len(cited) - MAX_PAGES, 0)


def most_cited(reader: Reader) -> list[dict[str, Any]]:
    """Return the acts cited by most of the documents that a reader may see."""
    visible = Document.objects.visible_to(reader).values("current_version")
    rows = (
        NormCitation.objects.filter(version__in=visible)
        .values("act", "label")
        .annotate(documents=Count("version", distinct=True))
        .order_by("-documents", F("label").asc())[:MAX_NORMS]
    )
    return [dict(row) for row in rows]


def norms_of(version: DocumentVersion | None) -> list[dict[str, Any]]:
    """Return the acts that a version cites, each with its address and the pages where it does."""
    if version is None:
        return []
    acts: dict[tuple[str, str], list[int]] = defaultdict(list)
    rows = version.norm_citations.order_by("page", "pk")
    for act, label, page in rows.values_list("act", "label", "page"):
        acts[act, label].append(page)
    ordered = sorted(acts.items(), key=lambda entry: (-len(entry[1]), entry[1][0]))
    return [
        {
            "act": act,
            "label": label,
            "url": act_url(act),
            "pages": pages[:MAX_PAGES],
            "more": max(len(pages) - MAX_PAGES, 0),
        }
        for (act, label), pages in ordered[:MAX_NORMS]
    ]
