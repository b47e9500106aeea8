"""What the worker does for the library at set times."""

from __future__ import annotations

from django_q.models import Schedule

EVERY_MINUTE = ("resume_extractions", "look_for_tools")
DAILY = {
    "remind_reviews": "portal.library.services.retention.remind_reviews",
    "clean_incoming": "portal.library.services.incoming.clean_incoming",
    "clean_archives": "portal.library.services.kits.clean_archives",
    "sketch_unsketched": "portal.library.services.sketches.sketch_unsketched",
    "empty_trash": "portal.library.services.retention.empty_trash",
}


def sync_schedules() -> None:
    """Resume readings and look for programs every minute, tidy up the rest every day."""
    for name in EVERY_MINUTE:
        Schedule.objects.get_or_create(
            name=name,
            defaults={
                "func": f"portal.library.tasks.{name}",
                "schedule_type": Schedule.MINUTES,
                "minutes": 1,
            },
        )
    for name, function in DAILY.items():
        Schedule.objects.get_or_create(
            name=name, defaults={"func": function, "schedule_type": Schedule.DAILY}
        )
