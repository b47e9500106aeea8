from __future__ import annotations

from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "portal.observatory"
    label = "observatory"
    verbose_name = "Osservatorio"
