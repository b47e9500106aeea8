"""`make bench` measures and writes docs/benchmarks.md, in data of its own; ONLY names parts."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib import import_module

from tests.benchmarks import place

# Nothing in these depends on the database and the engine that are configured.
APART = ["extraction", "engine", "large", "rivals"]
# In this order: "pages" is about the demonstration alone, those after "training" fill the library.
PARTS = [
    "extraction",
    "engine",
    "large",
    "pages",
    "communities",
    "training",
    "rivals",
    "search",
    "running",
]


def main(wanted: list[str]) -> int:
    """Measure all parts or some and return how many figures miss their target."""
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"No such part: {' '.join(sorted(unknown))}. There are: {' '.join(PARTS)}.")
    parts = [name for name in PARTS if name in wanted or not wanted]
    with place.own_data():
        import django

        django.setup()
        from django.core.management import call_command

        from tests.benchmarks import report

        if "pages" in parts:
            call_command("run", no_start=True)
        else:
            for command in ("migrate", "createcachetable", "sync_reference_data"):
                call_command(command, verbosity=0)
        figures = []
        for name in parts:
            sys.stdout.write(f"{name}\n")
            sys.stdout.flush()
            measured = import_module(f"tests.benchmarks.{name}").figures()
            if place.name() and name not in APART:
                measured = [replace(one, what=f"{one.what} ({place.name()})") for one in measured]
            figures += measured
            report.write(measured)
        for one in figures:
            sys.stdout.write(f"{'ok  ' if one.met else 'MISS'} {one.what}: {one.measured}\n")
        return sum(not one.met for one in figures)


if __name__ == "__main__":
    main(sys.argv[1:])
