from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Ricerca"

    def ready(self) -> None:
        from portal.core.highlighting import register_highlighter
        from portal.core.page_finding import register_page_finder
        from portal.core.reference import register_reference
        from portal.core.seed import register_seed
        from search import checks, signals  # noqa: F401
        from search.inside import find_pages
        from search.reference import sync_schedules
        from search.seed import index_everything
        from search.snippets import highlight
        from search.sources.base import sources
        from search.sources.documents import DocumentSource
        from search.sources.pages import PageSource

        sources.register("document", DocumentSource, order=10)
        sources.register("page", PageSource, order=20)
        register_highlighter("search", highlight)
        register_page_finder("search", find_pages)
        register_reference("search schedules", sync_schedules, order=50)
        register_seed("index", index_everything, order=900)
