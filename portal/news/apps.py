from __future__ import annotations

from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "portal.news"
    label = "news"
    verbose_name = "Notizie ed eventi"

    def ready(self) -> None:
        from portal.core.panels import register_panel
        from portal.core.seed import register_seed
        from portal.news import panels

        register_panel("home_news", "news", panels.home_news)
        register_panel("home_events", "events", panels.home_events)
        register_panel("network_news", "news", panels.network_news)
        register_panel("network_events", "events", panels.network_events)
        register_seed("news", "portal.news.seed.load_news", order=60)
