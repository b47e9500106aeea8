"""The month of the events, and the calendars."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from portal.core.pages import visible_pages
from portal.news.calendars import calendar_of
from portal.news.models import EventPage
from portal.news.month import neighbours, weeks_of
from portal.news.selectors import events_for, events_of_month

FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_safe
def month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show a month of events as a table, as a list on phones."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12):
        raise Http404
    first = dt.date(year, number, 1)
    events = events_of_month(request.user, first)
    before, after = neighbours(first)
    return render(
        request,
        "news/month.html",
        {
            "month": first,
            "weeks": weeks_of(first, events),
            "events": events,
            "before": before if before.year >= FIRST_YEAR else None,
            "after": after if after.year <= LAST_YEAR else None,
            "today": timezone.localdate(),
        },
    )


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Return the public calendar, for programs that ask again and again."""
    since = timezone.now() - dt.timedelta(days=365)
    return _ical(calendar_of(events_for(AnonymousUser()).filter(end__gte=since)), "eventi.ics")


@require_safe
def one_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Return one event to put in one's own calendar."""
    event = get_object_or_404(visible_pages(request.user, EventPage.objects.all()), slug=slug)
    return _ical(calendar_of([event]), f"{event.slug}.ics")


def _ical(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
