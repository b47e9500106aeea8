"""What the worker does for the search."""

from __future__ import annotations

from search.engines.base import EngineBusyError
from search.indexing import drain, heal, sweep


def drain_outbox() -> int:
    """Bring the index up to date, and fill it when it was emptied.

    When another process is writing, that one does this work too, or the next minute's run does.
    """
    try:
        return drain() + heal()
    except EngineBusyError:
        return 0


def sweep_index() -> int:
    """Compare index and database, once a night."""
    return sweep()
