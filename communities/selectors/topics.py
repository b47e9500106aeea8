"""Lists of discussions, paged by key: the thousandth page costs what the first one does."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from communities.models import Space, Topic

if TYPE_CHECKING:
    from communities.models.topic import TopicQuerySet
    from communities.roles import Reader

TOPICS_IN_A_PAGE = 20
CURSOR = re.compile(r"([01])-(\d{1,17})-(\d{1,18})")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# The lists of a space, by their word in the address.
LISTS = {
    "": "Tutte",
    "non-lette": "Non lette",
    "senza-risposta": "Senza risposta",
    "mie": "Le mie",
}


@dataclass(frozen=True)
class TopicsPage:
    """Some discussions and the cursor of those that follow, empty at the end."""

    topics: list[Topic]
    next_cursor: str = ""


def topics_page(user: Reader, space: Space, chosen: str = "", cursor: str = "") -> TopicsPage:
    """Return a page of the discussions of a space: pinned ones first, then the last moved.

    A cursor or a list that makes no sense is as if it were not there. One query.
    """
    found = _rows(user, space)
    match chosen:
        case "non-lette":
            found = found.unread_by(user)
        case "senza-risposta":
            found = found.filter(reply_count=0).exclude(kind="annuncio")
        case "mie":
            found = found.filter(author=user.pk)
    place = CURSOR.fullmatch(cursor)
    if place:
        found = _after(found, place)
    topics = list(found[: TOPICS_IN_A_PAGE + 1])
    if len(topics) <= TOPICS_IN_A_PAGE:
        return TopicsPage(topics)
    topics = topics[:TOPICS_IN_A_PAGE]
    return TopicsPage(topics, _cursor(topics[-1]))


def latest_topics(user: Reader, space: Space, count: int) -> list[Topic]:
    """Return the discussions of a space that moved last, for who is in it."""
    return list(_rows(user, space)[:count])


def _rows(user: Reader, space: Space) -> TopicQuerySet:
    visible = Topic.objects.visible_to(user).filter(space=space).with_reading_of(user)
    return visible.select_related("author", "organisation").order_by("-pinned", "-bumped_at", "-pk")


def _cursor(topic: Topic) -> str:
    since = (topic.bumped_at - EPOCH) // dt.timedelta(microseconds=1)
    return f"{int(topic.pinned)}-{since}-{topic.pk}"


def _after(found: TopicQuerySet, place: re.Match[str]) -> TopicQuerySet:
    pinned, since, pk = place[1] == "1", int(place[2]), int(place[3])
    try:
        bumped = EPOCH + dt.timedelta(microseconds=since)
    except OverflowError:
        return found
    older = Q(bumped_at__lt=bumped) | Q(bumped_at=bumped, pk__lt=pk)
    if pinned:
        return found.filter(Q(pinned=False) | (Q(pinned=True) & older))
    return found.filter(older, pinned=False, bumped_at__lte=bumped)
