"""`make bench` measures and writes docs/benchmarks.md, in data of its own; ONLY names parts."""

from __future__ import annotations

import os
import sys
import tempfile
from importlib import import_module

# In this order; those from "pages" on need a database, "pages" the demonstration too.
PARTS = ["extraction", "search", "pages", "communities", "training"]


def main(wanted: list[str]) -> int:
    """Measure all parts or some and return how many figures miss their target."""
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"No such part: {' '.join(sorted(unknown))}. There are: {' '.join(PARTS)}.")
    parts = [name for name in PARTS if name in wanted or not wanted]
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as data:
        os.environ.update(PORTAL_DATA_DIR=data, DATABASE_URL="")
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.development"
        import django

        django.setup()
        from django.core.management import call_command

        from tests.benchmarks import report

        if "pages" in parts:
            call_command("run", no_start=True)
        else:
            for command in ("migrate", "createcachetable", "sync_reference_data"):
                call_command(command, verbosity=0)
        figures = [
            figure
            for name in parts
            for figure in import_module(f"tests.benchmarks.{name}").figures()
        ]
        report.write(figures)
        for one in figures:
            sys.stdout.write(f"{'ok  ' if one.met else 'MISS'} {one.what}: {one.measured}\n")
        return sum(not one.met for one in figures)


if __name__ == "__main__":
    main(sys.argv[1:])
