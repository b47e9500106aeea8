"""The embedded engine on 50,000 and 500,000 pages: about six minutes, most of it writing."""

from __future__ import annotations

from tests.benchmarks.engine import grown
from tests.benchmarks.report import Figure


def figures() -> list[Figure]:
    """Measure an index ten times as large as the portal's first years will need."""
    return grown((50_000, 500_000), growth=3)
