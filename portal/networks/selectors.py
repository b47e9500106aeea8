"""What the pages of the networks list, already filtered by what the reader may see."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Count, Q
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

    The pages carry ``model_count`` and ``practice_count``, true for the reader; the documents
    are for ``count_documents``. Two queries, however many rows there are.
    """
    seen = visible_pages(reader) if visible is None else visible
    pages = list(
        NetworkPage.objects.filter(pk__in=seen.values("pk"))
        .descendant_of(below)
        .select_related("network__lead_province")
        .order_by("network__order")
    )
    counts = _counts_below(seen)
    for page in pages:
        page.model_count = counts[page.path, ServiceModelPage]
        page.practice_count = counts[page.path, PracticePage]
    return pages


def _counts_below(visible: PageQuerySet) -> Counter[tuple[str, type[Page]]]:
    """Return how many visible models and practices each page has right below, by its path."""
    types = ContentType.objects.get_for_models(ServiceModelPage, PracticePage)
    kinds = {content_type.pk: kind for kind, content_type in types.items()}
    rows = (
        visible.filter(content_type__in=kinds)
        .order_by()
        .annotate(above=Substr("path", 1, Length("path") - Page.steplen))
        .values_list("above", "content_type")
        .annotate(Count("pk"))
    )
    return Counter({(above, kinds[key]): count for above, key, count in rows})


def count_documents(reader: Reader, pages: list[NetworkPage]) -> int:
    """Give each network the number of its documents, and return that of all (one query)."""
    wanted = {
        f"network_{page.network_id}": Count("pk", filter=Q(networks=page.network_id), distinct=True)
        for page in pages
    }
    found = (
        Document.objects.visible_to(reader)
        .in_use()
        .aggregate(total=Count("pk", distinct=True), **wanted)
    )
    for page in pages:
        page.document_count = found[f"network_{page.network_id}"]
    return int(found["total"])


def network_content(page: NetworkPage, reader: Reader, number: str | None) -> dict[str, Any]:
    """Return models, practices (a page of them) and documents of a network."""
    visible = visible_pages(reader).child_of(page)
    practices = (
        PracticePage.objects.filter(pk__in=visible.values("pk"))
        .select_related("organisation")
        .order_by("path")
    )
    documents = Document.objects.visible_to(reader).in_use().filter(networks=page.network_id)
    above = page.get_parent()
    return {
        "network": page.network,
        "breadcrumb": [(above.title, above.url)],
        "service_models": list(
            ServiceModelPage.objects.filter(pk__in=visible.values("pk")).order_by("path")
        ),
        "practices": Paginator(practices, PRACTICES_IN_A_PAGE).get_page(number),
        "documents": list(documents.readable().order_by("-year", "title")[:DOCUMENTS_SHOWN]),
        "document_count": documents.count(),
    }
