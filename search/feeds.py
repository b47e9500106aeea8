"""RSS of a search: what everybody may read, newest first, with the filters of the address."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from portal.news.structured import absolute
from search.engines.base import EngineError
from search.matches import described, matching_ids
from search.parameters import Parameters
from search.services.saved import parameters_of
from search.sources import Described
from search.views.unavailable import unavailable
from search.wording import name_of, value_labels

SIZE = 30
TEXT = 300


class SearchFeed(Feed):
    """The newest public results of a search."""

    language = "it"
    item_guid_is_permalink = False

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().__call__(request, *args, **kwargs)
        except EngineError:
            return unavailable(request)

    def get_object(self, request: HttpRequest) -> Parameters:
        asked = Parameters.read(request.GET)
        return parameters_of(asked.query_string(sort="date", page=1))

    def title(self, asked: Parameters) -> str:
        return f"{_clean(name_of(asked, value_labels([asked]))) or 'Ricerca'} – Province & Comuni"

    def description(self, asked: Parameters) -> str:
        return "I contenuti pubblici più recenti che rispondono alla ricerca."

    def link(self, asked: Parameters) -> str:
        return absolute(f"{reverse('search:search')}?{asked.query_string()}")

    def feed_url(self, asked: Parameters) -> str:
        return absolute(f"{reverse('search:rss')}?{asked.query_string()}")

    def items(self, asked: Parameters) -> list[tuple[str, Described]]:
        nobody = AnonymousUser()
        return list(described(nobody, matching_ids(nobody, asked, SIZE)).items())

    def item_title(self, item: Any) -> str:
        return _clean(item[1].title)

    def item_description(self, item: Any) -> str:
        text = " ".join(_clean(strip_tags(item[1].text)).split())
        return text if len(text) <= TEXT else text[:TEXT].rsplit(" ", 1)[0] + "…"

    def item_link(self, item: Any) -> str:
        return absolute(item[1].url)

    def item_guid(self, item: Any) -> str:
        return f"province-comuni:{item[0]}"

    def item_pubdate(self, item: Any) -> dt.datetime | None:
        day = item[1].date
        return timezone.make_aware(dt.datetime.combine(day, dt.time(9))) if day else None


def _clean(text: str) -> str:
    """Return a text without the characters that XML does not allow."""
    return "".join(mark for mark in text if mark.isprintable() or mark == "\n")
