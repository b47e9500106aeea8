"""The demonstration news and events."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from wagtail.models import Site

from portal.core.seed import SeedContext
from portal.library.demo.pages import NAMESPACE, documents_titled, publish_below, stream_data
from portal.news.demo.texts import ROME, EventText, NewsText, read_events, read_news
from portal.news.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from portal.organisations.models import Network, Organisation

OPENED = dt.datetime(2021, 3, 15, 9, 0, tzinfo=ROME)
OFFICE = "Redazione del portale, UPI"


@transaction.atomic
def load_news(context: SeedContext) -> None:
    """Create the two lists, and the news and events that are not there."""
    home = context.rows.get("home") or Site.objects.get(is_default_site=True).root_page.specific
    news = publish_below(
        home,
        NewsIndexPage(
            title="Notizie",
            slug="notizie",
            show_in_menus=True,
            summary="Che cosa succede nel progetto, nelle reti e nelle Province.",
            responsible_office=OFFICE,
        ),
        OPENED,
    )
    events = publish_below(
        home,
        EventIndexPage(
            title="Eventi",
            slug="eventi",
            show_in_menus=True,
            summary="Incontri, focus group, seminari e scadenze del progetto.",
            responsible_office=OFFICE,
        ),
        OPENED,
    )
    networks = {network.slug: network for network in Network.objects.all()}
    provinces = {body.sigla: body for body in Organisation.objects.provinces()}
    for item in reversed(read_news()):
        moment = dt.datetime.combine(item.date, dt.time(9), ROME)
        publish_below(news, news_page(item, networks, provinces), moment, item.topics)
    for event in read_events():
        moment = event.start - dt.timedelta(days=21)
        publish_below(events, event_page(event, networks, provinces), moment, event.topics)


def news_page(
    text: NewsText, networks: dict[str, Network], provinces: dict[str, Organisation]
) -> NewsPage:
    """Return the page of a news item, not saved."""
    return NewsPage(
        title=text.title,
        slug=text.slug,
        summary=text.summary,
        date=text.date,
        network=networks.get(text.network),
        province=provinces.get(text.province or ""),
        responsible_office=OFFICE,
        body=stream_data(f"news/{text.slug}", text.body),
    )


def event_page(
    text: EventText, networks: dict[str, Network], provinces: dict[str, Organisation]
) -> EventPage:
    """Return the page of an event, not saved."""
    return EventPage(
        title=text.title,
        slug=text.slug,
        summary=text.summary,
        start=text.start,
        end=text.end,
        mode=text.mode,
        place=text.place,
        network=networks.get(text.network),
        province=provinces.get(text.province or ""),
        responsible_office=OFFICE,
        body=stream_data(f"event/{text.slug}", text.body),
        documents=[
            {
                "type": "document",
                "value": value,
                "id": str(uuid.uuid5(NAMESPACE, f"event/{text.slug}/document/{position}")),
            }
            for position, value in enumerate(documents_titled(text.documents))
        ],
    )
