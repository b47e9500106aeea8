"""RSS and Atom of news and events: what everybody may read, for all and for each network."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from portal.news.models import EventPage, NewsPage
from portal.news.selectors import events_for, news_for
from portal.news.structured import absolute
from portal.organisations.models import Network

SIZE = 30


class NewsFeed(Feed):
    """The news, newest first."""

    language = "it"
    link_path = "/notizie/"
    name = "Notizie"
    request_path = ""

    def get_object(self, request: HttpRequest, network: str = "") -> Network | None:
        return get_object_or_404(Network, slug=network) if network else None

    def title(self, network: Network | None) -> str:
        return f"{self.name} – {network.name if network else 'Province & Comuni'}"

    def description(self, network: Network | None) -> str:
        return f"{self.name} del portale Province & Comuni"

    def link(self, network: Network | None) -> str:
        return absolute(self.link_path + (f"?rete={network.slug}" if network else ""))

    def feed_url(self, network: Network | None) -> str:
        return absolute(self.request_path)

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        feed = type(self)()
        feed.request_path = request.path
        return Feed.__call__(feed, request, *args, **kwargs)

    def items(self, network: Network | None) -> list[Any]:
        return list(news_for(AnonymousUser(), network)[:SIZE])

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        return absolute(item.get_url())

    def item_guid(self, item: Any) -> str:
        return f"province-comuni:page:{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: NewsPage | EventPage) -> dt.datetime:
        if isinstance(item, EventPage):
            return item.first_published_at or item.start
        return timezone.make_aware(dt.datetime.combine(item.date, dt.time(9)))


class AtomNewsFeed(NewsFeed):
    """The same in Atom (RFC 4287)."""

    feed_type = Atom1Feed
    subtitle = NewsFeed.description


class EventFeed(NewsFeed):
    """The events to come."""

    link_path = "/eventi/"
    name = "Eventi"

    def items(self, network: Network | None) -> list[Any]:
        found = events_for(AnonymousUser(), network).filter(end__gte=timezone.now())
        return list(found[:SIZE])
