from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from portal.core.reference import references


class Command(BaseCommand):
    help = "Creates or updates Provinces, networks, roles and workflows. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, function in references:
            with transaction.atomic():
                function()
            if options["verbosity"] > 1:
                self.stdout.write(name)
