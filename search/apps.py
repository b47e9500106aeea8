from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Ricerca"

    def ready(self) -> None:
        from portal.core.highlighting import register_highlighter
        from portal.core.page_finding import register_page_finder
        from portal.core.panels import register_panel
        from portal.core.reference import register_reference
        from portal.core.see_also import register_see_also
        from portal.core.seed import register_seed
        from search import checks, signals  # noqa: F401
        from search.inside import find_pages
        from search.panels import saved_searches
        from search.reference import sync_permissions, sync_schedules, sync_tuning
        from search.similar import similar_documents
        from search.snippets import highlight
        from search.sources.base import sources
        from search.sources.documents import DocumentSource
        from search.sources.pages import PageSource

        sources.register("document", DocumentSource, order=10)
        sources.register("page", PageSource, order=20)
        register_highlighter("search", highlight)
        register_page_finder("search", find_pages)
        register_see_also("search", similar_documents)
        register_panel("account_dashboard", "saved searches", saved_searches, order=30)
        register_reference("search schedules", sync_schedules, order=50)
        register_reference("search tuning", sync_tuning, order=55)
        register_reference("search permissions", sync_permissions, order=60)
        register_seed("index", "search.seed.index_everything", order=900)
