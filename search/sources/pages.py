"""Pages of the portal as searchable content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from wagtail.blocks import ChooserBlock, StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from portal.core.blocks import DocumentsBlock
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
# Foreign keys that pages may have.
JOINED = ("network", "organisation", "province")
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
    label = "pagine"

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
        live = Page.objects.live().filter(pk__in=list(pks)).specific()
        found = [page for page in live if isinstance(page, BasePage)]
        _join(found)
        for page in found:
            if type(page).__name__ in LEFT_OUT:
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
        seen = visible_pages(reader).filter(pk__in=passages).specific()
        found = [page for page in seen if isinstance(page, BasePage)]
        _join(found)
        # Wagtail keeps the roots of the sites on what it takes for the request.
        roots = SimpleNamespace(_wagtail_site=None)
        return {page.pk: _described(page, page.get_url(roots) or "") for page in found}


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
        if isinstance(field, StreamField):
            parts += [strip_tags(str(text)) for text in _stream_texts(getattr(page, field.name))]
        elif isinstance(field, RichTextField):
            parts.append(strip_tags(getattr(page, field.name).replace("<", " <")))
    return "\n".join(parts)


def _stream_texts(stream: StreamValue) -> Iterator[Any]:
    """Yield what the blocks of a stream say; what is only chosen says nothing and is not loaded."""
    for place, raw in enumerate(stream.raw_data):
        block = stream.stream_block.child_blocks[raw["type"]]
        if not isinstance(block, ChooserBlock | DocumentsBlock):
            yield from block.get_searchable_content(stream[place].value)


def _join(pages: Sequence[BasePage]) -> None:
    """Give pages their networks and bodies, two queries whatever their number."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for page in pages:
        for name in JOINED:
            wanted[name].add(getattr(page, f"{name}_id", None) or 0)
    networks = Network.objects.in_bulk(wanted["network"] - {0})
    bodies = Organisation.objects.in_bulk((wanted["organisation"] | wanted["province"]) - {0})
    for page in pages:
        for name in JOINED:
            key = getattr(page, f"{name}_id", None)
            if key:
                setattr(page, name, (networks if name == "network" else bodies).get(key))


def _described(page: BasePage, url: str) -> Described:
    kind = kind_of(page)
    body = getattr(page, "organisation", None) or getattr(page, "province", None)
    sigle = provinces_of(page)
    return Described(
        kind=kind,
        kind_label=KIND_NAMES[kind],
        title=page.title,
        url=url,
        text=f"{page.summary}\n{page_text(page)}",
        date=page_date(page),
        networks=[(network.slug, network.short_name) for network in networks_of(page)],
        province=sigle[0] if sigle else "",
        body=body.display_name if body else "",
    )
