from __future__ import annotations

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "portal.networks"
    label = "networks"
    verbose_name = "Reti"

    def ready(self) -> None:
        from portal.core.panels import register_panel
        from portal.core.seed import register_seed
        from portal.networks.panels import models_of_kit

        register_panel("kit", "networks", models_of_kit)
        register_seed("networks", "portal.networks.seed.load_networks", order=50)
