"""Pages of the portal as searchable content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.html import strip_tags
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from portal.core.pages import BasePage, page_audience, visible_pages
from portal.organisations.models import Network, Organisation
from search.engines.base import IndexItem
from search.sources.base import Described, object_id

if TYPE_CHECKING:
    from search.sources.base import Reader

# Kind in the index and its name for people, by the class of the page; the rest are pages.
KINDS = {
    "NewsPage": "news",
    "EventPage": "event",
    "PracticePage": "practice",
    "ServiceModelPage": "model",
    "NetworkPage": "network",
    "CoursePage": "course",
    "SpacePage": "space",
}
KIND_LABELS = {
    "document": "Documenti",
    "news": "Notizie",
    "event": "Eventi",
    "practice": "Buone pratiche",
    "model": "Modelli di servizio",
    "network": "Reti",
    "course": "Corsi",
    "topic": "Discussioni",
    "space": "Comunità",
    "page": "Pagine",
}
KIND_NAMES = {
    "news": "Notizia",
    "event": "Evento",
    "practice": "Buona pratica",
    "model": "Modello di servizio",
    "network": "Rete",
    "course": "Corso",
    "space": "Comunità",
    "page": "Pagina",
}
# Lists of other pages answer no question by themselves.
LEFT_OUT = {
    "NewsIndexPage",
    "EventIndexPage",
    "NetworkIndexPage",
    "CourseIndexPage",
    "SpaceIndexPage",
    "HomePage",
}


class PageSource:
    """Every live page built on BasePage."""

    name = "page"

    def pks(self, after: int, limit: int) -> list[int]:
        """Return the next keys of live pages below the root."""
        found = Page.objects.live().filter(pk__gt=after, depth__gt=1)
        return list(found.order_by("pk").values_list("pk", flat=True)[:limit])

    def count(self) -> int:
        """Return how many pages belong in the index, by the classes of the live ones."""
        left_out = {"page", *(name.lower() for name in LEFT_OUT)}
        live = Page.objects.live().filter(depth__gt=1)
        return live.exclude(content_type__model__in=left_out).count()

    def load(self, pks: Iterable[int], seq: int) -> Iterator[IndexItem]:
        """Yield the pages with all their text."""
        for page in Page.objects.live().filter(pk__in=list(pks)).specific():
            if not isinstance(page, BasePage) or type(page).__name__ in LEFT_OUT:
                continue
            when = page_date(page)
            yield IndexItem(
                id=object_id(self.name, page.pk),
                title=page.title,
                summary=" ".join([page.summary, *page.topic_names]),
                body=page_text(page),
                pages=[],
                audience=page_audience(page),
                facets=facets_of(page, when),
                date=when,
                seq=seq,
            )

    def audience(self, pk: int) -> frozenset[str]:
        """Return the tokens of a page now; none when it is not live."""
        page = Page.objects.live().filter(pk=pk).first()
        return page_audience(page) if page else frozenset()

    def titled(self, reader: Reader, words: list[str], limit: int) -> list[int]:
        """Return the pages whose title has all the words, the latest first."""
        found = visible_pages(reader).filter(depth__gt=1)
        for word in words:
            found = found.filter(title__icontains=word)
        latest = found.order_by("-first_published_at", "-pk")
        return list(latest.values_list("pk", flat=True)[:limit])

    def describe(self, reader: Reader, passages: dict[int, list[int]]) -> dict[int, Described]:
        """Return the live pages that the reader may see."""
        found = visible_pages(reader).filter(pk__in=passages).specific()
        return {page.pk: _described(page) for page in found if isinstance(page, BasePage)}


def facets_of(page: BasePage, when: date | None) -> dict[str, list[str]]:
    """Return the values of the facets of a page; those it says nothing of are left out."""
    return {
        "kind": [kind_of(page)],
        "network": [network.slug for network in networks_of(page)],
        "province": provinces_of(page),
        "body": [str(body.pk) for body in bodies_of(page)],
        "year": [str(when.year)] if when else [],
        "tag": list(page.topic_names),
    }


def kind_of(page: Page) -> str:
    """Return the kind of a page in the index."""
    return KINDS.get(type(page).__name__, "page")


def networks_of(page: Page) -> list[Network]:
    """Return the network a page belongs to, if any."""
    one = getattr(page, "network", None)
    return [one] if one else []


def provinces_of(page: Page) -> list[str]:
    """Return the sigle of the Provinces a page is about."""
    return [body.sigla for body in bodies_of(page) if body.sigla]


def bodies_of(page: Page) -> list[Organisation]:
    """Return the bodies a page is about."""
    bodies = [getattr(page, name, None) for name in ("organisation", "province")]
    return [body for body in bodies if body]


def page_date(page: Page) -> date | None:
    """Return the day a page speaks of: its own date, or that of its first publication."""
    for name in ("date", "start", "first_published_at"):
        value = getattr(page, name, None)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
    return None


def page_text(page: Page) -> str:
    """Return the text of every stream and rich text field of a page."""
    parts: list[str] = []
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and field.name != "related":
            parts += [
                strip_tags(str(text))
                for text in field.get_searchable_content(getattr(page, field.name))
            ]
        elif isinstance(field, RichTextField):
            parts.append(strip_tags(getattr(page, field.name).replace("<", " <")))
    return "\n".join(parts)


def _described(page: BasePage) -> Described:
    kind = kind_of(page)
    body = getattr(page, "organisation", None) or getattr(page, "province", None)
    sigle = provinces_of(page)
    return Described(
        kind=kind,
        kind_label=KIND_NAMES[kind],
        title=page.title,
        url=page.get_url() or "",
        text=f"{page.summary}\n{page_text(page)}",
        date=page_date(page),
        networks=[(network.slug, network.short_name) for network in networks_of(page)],
        province=sigle[0] if sigle else "",
        body=body.display_name if body else "",
    )
