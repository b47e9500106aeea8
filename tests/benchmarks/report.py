"""The table of the figures, with the machine they were taken on."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent.parent / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Figure:
    """What was measured, what was wanted, what came out, and whether it is enough."""

    what: str
    wanted: str
    measured: str
    met: bool
    note: str = ""


def processor() -> str:
    """Return the model of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":")[1].strip() for line in lines if "model name" in line), "unknown")


def write(figures: list[Figure]) -> None:
    """Write docs/benchmarks.md; rows of what was not measured this time stay with their date."""
    today = date.today().isoformat()
    rows = {row.split(" | ")[0].removeprefix("| "): row for row in _rows()}
    for one in figures:
        cells = [
            one.what,
            one.wanted,
            one.measured,
            "yes" if one.met else "**no**",
            today,
            one.note,
        ]
        rows[one.what] = f"| {' | '.join(cells)} |"
    head = [
        "# Benchmarks",
        "",
        "Written by `make bench` and `make drill`.",
        "Machines are noisy: ratios and query counts say more than times.",
        "",
        f"- machine: {processor()}, {os.cpu_count()} cores",
        f"- Python {platform.python_version()}",
        "- SQLite and the embedded engine, unless a row names others",
        "",
        "| what | wanted | measured | met | date | note |",
        "|---|---|---|---|---|---|",
    ]
    TARGET.write_text("\n".join([*head, *rows.values()]) + "\n")


def _rows() -> list[str]:
    """Return the rows of the table that is there."""
    lines = TARGET.read_text().splitlines() if TARGET.exists() else []
    table = [line for line in lines if line.startswith("| ")]
    return table[1:]
