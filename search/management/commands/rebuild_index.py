from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from search.indexing import rebuild


class Command(BaseCommand):
    help = "Builds the search index again from the database; searches never stop."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        seen = 0

        def progress(count: int) -> None:
            nonlocal seen
            seen += count
            self.stdout.write(f"\r{seen} objects read", ending="")
            self.stdout.flush()

        indexed = rebuild(progress)
        self.stdout.write(f"\n{indexed} objects indexed in {time.monotonic() - started:.1f} s")
