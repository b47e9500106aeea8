"""What the pages of the networks list, already filtered by what the reader may see."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from portal.core.pages import visible_pages
from portal.library.models import Document
from portal.networks.models import NetworkPage, PracticePage, ServiceModelPage

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from wagtail.query import PageQuerySet

    Reader = AbstractBaseUser | AnonymousUser

PRACTICES_IN_A_PAGE = 12
DOCUMENTS_SHOWN = 4


def network_cards(
    reader: Reader, below: Page, visible: PageQuerySet | None = None
) -> list[NetworkPage]:
    """Return the networks below a page, each with the number of its models and the rest.

    The pages carry ``model_count``, ``practice_count`` and ``document_count``, true for the
    reader. Four queries, however many rows there are.
    """
    seen = visible_pages(reader) if visible is None else visible
    pages = list(
        NetworkPage.objects.filter(pk__in=seen.values("pk"))
        .descendant_of(below)
        .select_related("network__lead_province")
        .order_by("network__order")
    )
    models = _count_below(ServiceModelPage, seen)
    practices = _count_below(PracticePage, seen)
    documents = dict(
        Document.objects.visible_to(reader)
        .filter(networks__isnull=False)
        .order_by()
        .values_list("networks")
        .annotate(Count("pk", distinct=True))
    )
    for page in pages:
        page.model_count = models[page.path]
        page.practice_count = practices[page.path]
        page.document_count = documents.get(page.network_id, 0)
    return pages


def _count_below(kind: type[Page], visible: PageQuerySet) -> Counter[str]:
    """Return how many visible pages of a kind each page has right below, by its path."""
    rows = (
        kind.objects.filter(pk__in=visible.values("pk"))
        .order_by()
        .annotate(above=Substr("path", 1, Length("path") - Page.steplen))
        .values_list("above")
        .annotate(Count("pk"))
    )
    return Counter(dict(rows))


def network_content(page: NetworkPage, reader: Reader, number: str | None) -> dict[str, Any]:
    """Return models, practices (a page of them) and documents of a network."""
    visible = visible_pages(reader).child_of(page)
    practices = (
        PracticePage.objects.filter(pk__in=visible.values("pk"))
        .select_related("organisation")
        .order_by("path")
    )
    documents = Document.objects.visible_to(reader).filter(networks=page.network_id)
    return {
        "network": page.network,
        "service_models": list(
            ServiceModelPage.objects.filter(pk__in=visible.values("pk")).order_by("path")
        ),
        "practices": Paginator(practices, PRACTICES_IN_A_PAGE).get_page(number),
        "documents": list(documents.readable().order_by("-year", "title")[:DOCUMENTS_SHOWN]),
        "document_count": documents.count(),
    }
