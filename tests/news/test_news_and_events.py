"""News and events as readers meet them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from portal.accounts.models import User
from portal.news.models import EventPage
from portal.organisations.models import Network, Organisation
from tests.conftest import client_of
from tests.factories.pages import event_page, network_page, news_page, restrict_to_members

pytestmark = pytest.mark.django_db


def text_of(client: Client, path: str, query: dict[str, str] | None = None) -> str:
    """Return a page that answers."""
    answer = client.get(path, query or {})
    assert answer.status_code == 200
    return answer.content.decode()


def test_filters(client: Client, treviso: Organisation) -> None:
    sua = Network.objects.get(slug="sua")
    one = news_page(network=sua, province=treviso, date=dt.date(2022, 4, 13))
    one.topics.add("appalti")
    one.save()
    two = news_page(date=dt.date(2023, 1, 10))
    cases = [
        {"rete": "sua"},
        {"provincia": "TV"},
        {"argomento": "Appalti"},
        {"dal": "2022-04-01", "al": "2022-12-31"},
    ]
    for query in cases:
        text = text_of(client, "/notizie/", query)
        assert one.title in text, query
        assert two.title not in text, query
    assert "Nessuna notizia con questi filtri" in text_of(client, "/notizie/", {"rete": "europa"})


@pytest.mark.parametrize(
    "query",
    [
        {"dal": "ieri"},
        {"dal": "2022-13-45"},
        {"rete": "x" * 5000},
        {"provincia": "🏛"},
        {"argomento": "a\x00b"},
        {"argomento": "x" * 5000},
        {"page": "abc"},
        {"page": "99999999999"},
        {"quando": "mai"},
    ],
)
@pytest.mark.parametrize("path", ["/notizie/", "/eventi/"])
def test_bad_filters_filter_nothing(client: Client, path: str, query: dict[str, str]) -> None:
    titles = [news_page().title, event_page().title]
    text = text_of(client, path, query)
    assert any(title in text for title in titles)
    if set(query) & {"dal", "rete", "provincia", "argomento"}:
        assert "field__error" in text


def test_private_and_draft_items(member: User, redattore: User, waiting: User) -> None:
    private, draft = news_page(title="Riservata ai membri"), news_page(title="Bozza", live=False)
    restrict_to_members(private)
    for person, sees in ((None, False), (waiting, False), (member, True), (redattore, True)):
        client = client_of(person) if person else Client()
        listed = text_of(client, "/notizie/")
        assert (private.title in listed) is sees
        assert draft.title not in listed
        assert client.get(draft.url).status_code == 404
        status = client.get(private.url).status_code
        assert status == (200 if sees else 403 if person else 302)


def test_feeds_hold_only_what_everybody_reads(member: User) -> None:
    sua = Network.objects.get(slug="sua")
    public, private = news_page(title="Per tutti", network=sua), news_page(title="Riservata")
    restrict_to_members(private)
    event = event_page(title="Incontro aperto", network=sua)
    for path, title in [
        ("/notizie/rss/", public.title),
        ("/notizie/atom/", public.title),
        ("/notizie/sua/rss/", public.title),
        ("/notizie/sua/atom/", public.title),
        ("/eventi/rss/", event.title),
        ("/eventi/sua/rss/", event.title),
    ]:
        text = client_of(member).get(path).content.decode()
        ET.fromstring(text)
        assert title in text
        assert private.title not in text
    assert public.title not in Client().get("/notizie/europa/rss/").content.decode()
    assert Client().get("/notizie/nessuna/rss/").status_code == 404


def test_calendars() -> None:
    event = event_page(title="Tavolo SUA; schemi, convenzioni")
    hidden = event_page(title="Riunione riservata")
    restrict_to_members(hidden)
    whole = Calendar.from_ical(Client().get("/eventi/calendario.ics").content)
    assert [str(item["summary"]) for item in whole.walk("VEVENT")] == [event.title]
    one = Client().get(f"/eventi/{event.slug}/evento.ics")
    assert one["Content-Type"].startswith("text/calendar")
    item = Calendar.from_ical(one.content).walk("VEVENT")[0]
    assert item.decoded("dtstart") == event.start.replace(microsecond=0)
    assert Client().get(f"/eventi/{hidden.slug}/evento.ics").status_code == 404


def test_month(client: Client) -> None:
    zone = timezone.get_current_timezone()
    start = dt.datetime(2022, 5, 30, 10, tzinfo=zone)
    event = event_page(title="Due giorni", start=start, end=start + dt.timedelta(days=2))
    text = text_of(client, "/eventi/mese/2022/5/")
    assert text.count("month__event") == 3
    assert event.title in text_of(client, "/eventi/mese/2022/6/")
    assert event.title not in text_of(client, "/eventi/mese/2022/7/")
    for path in ("/eventi/mese/2022/13/", "/eventi/mese/0/1/", "/eventi/mese/99999/1/"):
        assert client.get(path).status_code == 404


def test_an_event_does_not_end_before_it_begins() -> None:
    event = event_page()
    event.end = event.start - dt.timedelta(hours=1)
    with pytest.raises(ValidationError, match="prima dell'inizio"):
        event.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPage.objects.filter(pk=event.pk).update(end=event.end)


def test_past_events_are_shown_when_there_are_no_others(client: Client) -> None:
    start = timezone.now() - dt.timedelta(days=30)
    event = event_page(title="Già stato", start=start, end=start)
    assert event.title in text_of(client, "/eventi/")
    event_page(title="Domani")
    assert event.title not in text_of(client, "/eventi/")
    assert event.title in text_of(client, "/eventi/", {"quando": "passati"})
    assert "Evento concluso" in text_of(client, event.url)


def test_structured_data_and_card(client: Client) -> None:
    news, event = news_page(), event_page()
    assert '"@type": "NewsArticle"' in text_of(client, news.url)
    assert '"@type": "Event"' in text_of(client, event.url)
    assert 'property="og:title"' in text_of(client, news.url)


def test_panels_of_home_and_network(client: Client) -> None:
    sua = Network.objects.get(slug="sua")
    page = network_page("sua")
    news, event = news_page(network=sua), event_page(network=sua)
    for path in ("/", page.url):
        text = text_of(client, path)
        assert news.title in text
        assert event.title in text
    other = network_page("europa")
    assert news.title not in text_of(client, other.url)


@pytest.mark.parametrize(("path", "make"), [("/notizie/", news_page), ("/eventi/", event_page)])
def test_lists_cost_the_same(
    client: Client, path: str, make: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    network = Network.objects.get(slug="sua")
    costs = []
    for rows in (2, 18):
        for _ in range(rows):
            make(network=network)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        costs.append(len(queries))
    # The second list has a second page: one more count is the pagination's own.
    assert costs[1] <= costs[0]
