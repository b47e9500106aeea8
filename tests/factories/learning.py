"""Courses, editions, meetings."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from learning.models import (
    Course,
    CourseEdition,
    CourseIndexPage,
    CoursePage,
    CourseSession,
    EditionState,
)
from tests.factories.pages import home_page, published

_numbers = count(1)


def course(**fields: Any) -> Course:
    """Make a course with its page in the catalogue."""
    number = next(_numbers)
    home = home_page()
    index = CourseIndexPage.objects.child_of(home).first() or published(
        home, CourseIndexPage(title="Formazione", slug="formazione", summary="I corsi")
    )
    made = Course.objects.create(
        **{"slug": f"corso-{number}", "title": f"Corso {number}", "minutes": 120, **fields}
    )
    published(index, CoursePage(title=made.title, slug=made.slug, summary="Sommario", course=made))
    return made


def edition(seats: int = 2, sessions: int = 0, **fields: Any) -> CourseEdition:
    """Make a published edition of next month whose enrolments are open."""
    today, now = timezone.localdate(), timezone.now()
    trainers = fields.pop("trainers", [])
    values = {
        "course": fields.pop("course", None) or course(),
        "name": "Edizione di prova",
        "starts_on": today + timedelta(days=30),
        "ends_on": today + timedelta(days=31),
        "enrol_from": now - timedelta(days=1),
        "enrol_until": now + timedelta(days=10),
        "state": EditionState.PUBLISHED,
    }
    made = CourseEdition.objects.create(seats=seats, **{**values, **fields})
    made.trainers.set(trainers)
    for number in range(sessions):
        start = now + timedelta(days=30 + number)
        CourseSession.objects.create(
            edition=made,
            title=f"Incontro {number + 1}",
            start=start,
            end=start + timedelta(hours=1),
        )
    return made
