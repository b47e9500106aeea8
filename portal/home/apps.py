from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "home"
    verbose_name = "Pagine"

    def ready(self) -> None:
        from portal.core.seed import register_seed
        from portal.home.seed import load_home

        register_seed("home", load_home, order=40)
