from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "portal.library"
    label = "library"
    verbose_name = "Biblioteca"

    def ready(self) -> None:
        from portal.core.navigation import register_section
        from portal.core.reference import register_reference
        from portal.core.seed import register_seed
        from portal.library import signals  # noqa: F401
        from portal.library.administration.policy import install_policy
        from portal.library.reference import sync_schedules

        install_policy()
        register_section("library", library_section)
        register_reference("library schedules", sync_schedules, order=50)
        register_seed("library", "portal.library.seed.load_library", order=30)
        register_seed("library kits", "portal.library.demo.kits.load_kits", order=31)


def library_section() -> dict[str, object]:
    """Return the library's entry in the main navigation."""
    return {"title": "Biblioteca", "url": "/biblioteca/", "order": 40}
