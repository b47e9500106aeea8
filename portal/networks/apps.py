from __future__ import annotations

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "portal.networks"
    label = "networks"
    verbose_name = "Reti"
