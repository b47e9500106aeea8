from __future__ import annotations

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "portal.networks"
    label = "networks"
    verbose_name = "Reti"

    def ready(self) -> None:
        from portal.core.seed import register_seed
        from portal.networks.seed import load_networks

        register_seed("networks", load_networks, order=50)
