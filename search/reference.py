"""What the worker does for the search at set times."""

from __future__ import annotations

from django_q.models import Schedule


def sync_schedules() -> None:
    """Look for forgotten outbox rows every minute, compare everything every night."""
    Schedule.objects.get_or_create(
        name="drain_outbox",
        defaults={
            "func": "search.tasks.drain_outbox",
            "schedule_type": Schedule.MINUTES,
            "minutes": 1,
        },
    )
    Schedule.objects.get_or_create(
        name="sweep_index",
        defaults={
            "func": "search.tasks.sweep_index",
            "schedule_type": Schedule.DAILY,
        },
    )
