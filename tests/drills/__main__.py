"""`make drill` breaks things on purpose and writes what it cost to docs/benchmarks.md; ONLY names
parts."""

from __future__ import annotations

import signal
import sys
from importlib import import_module

from tests.benchmarks import report

PARTS = ["engine", "embedded", "worker", "hostile"]


def main(wanted: list[str]) -> int:
    """Run all parts or some and return how many figures miss their target."""
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"No such part: {' '.join(sorted(unknown))}. There are: {' '.join(PARTS)}.")
    # Whoever stops a drill wants its processes stopped too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    missed = 0
    for name in PARTS:
        if name in wanted or not wanted:
            figures = import_module(f"tests.drills.{name}").figures()
            report.write(figures)
            for one in figures:
                sys.stdout.write(f"{'ok  ' if one.met else 'MISS'} {one.what}: {one.measured}\n")
            sys.stdout.flush()
            missed += sum(not one.met for one in figures)
    return missed


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
