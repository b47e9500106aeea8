from __future__ import annotations

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.core.seed import DEMO_ACCOUNTS, DEMO_PASSWORD, SeedContext, seeds


class Command(BaseCommand):
    help = "Creates the demonstration content. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("sync_reference_data", verbosity=0)
        context = SeedContext(write=self.stdout.write)
        for name, function in seeds:
            started = time.monotonic()
            function(context)
            self.stdout.write(f"  {name}: {time.monotonic() - started:.1f} s")
        self.stdout.write("Utenti dimostrativi:")
        for email, role in DEMO_ACCOUNTS:
            self.stdout.write(f"  {email}  {role}")
        self.stdout.write(f"Password: {DEMO_PASSWORD}")
