from __future__ import annotations

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "portal.editorial"
    label = "editorial"
    verbose_name = "Redazione"

    def ready(self) -> None:
        from wagtail.models import TaskState
        from wagtail.signals import task_submitted

        from portal.core.reference import register_reference
        from portal.editorial import reference
        from portal.editorial.notifications import notify_coordination

        task_submitted.connect(
            notify_coordination, sender=TaskState, dispatch_uid="coordination_notified"
        )
        register_reference("editorial permissions", reference.sync_permissions, order=40)
        register_reference("editorial workflow", reference.sync_workflow, order=41)
        register_reference("editorial schedules", reference.sync_schedules, order=50)
