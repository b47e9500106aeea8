"""The demonstration content is found from the first minute."""

from __future__ import annotations

from portal.core.seed import SeedContext
from search.indexing import drain


def index_everything(context: SeedContext) -> None:
    """Index what the other parts of the seed made."""
    drain()
