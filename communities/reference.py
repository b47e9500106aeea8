"""What every installation has: schedules of the worker, and who makes spaces."""

from __future__ import annotations

from django_q.models import Schedule

from portal.organisations.reference import let_direction_manage


def sync_schedules() -> None:
    """Look for events half told every five minutes, count again every night."""
    Schedule.objects.get_or_create(
        name="resume_events",
        defaults={
            "func": "communities.tasks.resume_events",
            "schedule_type": Schedule.MINUTES,
            "minutes": 5,
        },
    )
    Schedule.objects.get_or_create(
        name="reconcile_counters",
        defaults={
            "func": "communities.tasks.reconcile_counters",
            "schedule_type": Schedule.DAILY,
        },
    )


def sync_permissions() -> None:
    """Let UPI's direction make spaces."""
    let_direction_manage("communities", "space")
