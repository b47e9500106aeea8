from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "home"
    verbose_name = "Pagine"

    def ready(self) -> None:
        from portal.core.seed import register_seed

        register_seed("home", "portal.home.seed.load_home", order=40)
