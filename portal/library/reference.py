"""What the worker does for the library at set times."""

from __future__ import annotations

from django_q.models import Schedule


def sync_schedules() -> None:
    """Have interrupted readings resumed, and missing programs looked for, every minute."""
    for name in ("resume_extractions", "look_for_tools"):
        Schedule.objects.get_or_create(
            name=name,
            defaults={
                "func": f"portal.library.tasks.{name}",
                "schedule_type": Schedule.MINUTES,
                "minutes": 1,
            },
        )
