"""What the worker does for the library at set times."""

from __future__ import annotations

from django_q.models import Schedule


def sync_schedules() -> None:
    """Have interrupted readings resumed every minute."""
    Schedule.objects.get_or_create(
        name="resume_extractions",
        defaults={
            "func": "portal.library.tasks.resume_extractions",
            "schedule_type": Schedule.MINUTES,
            "minutes": 1,
        },
    )
