"""`make bench`: measures and writes docs/benchmarks.md, in data of its own."""

from __future__ import annotations

import os
import sys
import tempfile


def main() -> int:
    """Measure everything and return how many figures miss their target."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as data:
        os.environ.update(PORTAL_DATA_DIR=data, DATABASE_URL="")
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.development"
        import django

        django.setup()
        from django.core.management import call_command

        from tests.benchmarks import communities, extraction, pages, report, search, training

        figures = [*extraction.figures(), *search.figures()]
        call_command("run", no_start=True)
        figures += [*pages.figures(), *communities.figures(), *training.figures()]
        report.write(figures)
        for one in figures:
            sys.stdout.write(f"{'ok  ' if one.met else 'MISS'} {one.what}: {one.measured}\n")
        return sum(not one.met for one in figures)


if __name__ == "__main__":
    main()
