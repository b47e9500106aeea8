from __future__ import annotations

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"
    verbose_name = "Formazione"

    def ready(self) -> None:
        from learning.panels import my_courses, network_courses
        from learning.reference import sync_permissions
        from portal.core.panels import register_panel
        from portal.core.reference import register_reference
        from portal.core.seed import register_seed

        register_panel("network_courses", "training", network_courses)
        register_panel("account_dashboard", "training", my_courses, order=20)
        register_reference("training permissions", sync_permissions, order=60)
        register_seed("training", "learning.seed.load_training", order=70)
