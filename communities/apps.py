from __future__ import annotations

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = "Comunità"

    def ready(self) -> None:
        from communities.panels import header_notices, my_communities, network_community
        from communities.reference import sync_permissions, sync_schedules
        from communities.roles import space_tokens
        from communities.search_source import NAME, TopicSource
        from portal.core.access import register_token_provider
        from portal.core.panels import register_panel
        from portal.core.reference import register_reference
        from portal.core.seed import register_seed
        from search.sources import sources

        register_token_provider("spaces", space_tokens)
        register_panel("network_community", "communities", network_community)
        register_panel("account_dashboard", "communities", my_communities, order=10)
        register_panel("header_notices", "communities", header_notices)
        register_reference("community schedules", sync_schedules, order=50)
        register_reference("community permissions", sync_permissions, order=60)
        register_seed("communities", "communities.seed.load_communities", order=60)
        sources.register(NAME, TopicSource, order=30)
