"""A month of events as weeks of days."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from portal.news.models import EventPage


@dataclass
class Day:
    """A day of the table; those of the neighbouring months are not ``inside``."""

    date: dt.date
    inside: bool
    events: list[EventPage] = field(default_factory=list)


def weeks_of(month: dt.date, events: list[EventPage]) -> list[list[Day]]:
    """Return the weeks of a month, from Monday, with the events of each day."""
    by_day: dict[dt.date, list[EventPage]] = {}
    for event in events:
        day = timezone.localtime(event.start).date()
        last = timezone.localtime(event.end).date()
        while day <= last:
            by_day.setdefault(day, []).append(event)
            day += dt.timedelta(days=1)
    return [
        [Day(day, day.month == month.month, by_day.get(day, [])) for day in week]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]


def neighbours(month: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first days of the months before and after."""
    before = (month - dt.timedelta(days=1)).replace(day=1)
    after = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return before, after
