"""What the worker does for the search."""

from __future__ import annotations

from search.engines.base import EngineBusyError
from search.indexing import drain, sweep


def drain_outbox() -> int:
    """Bring the index up to date; when another process is at it, that one does this work too."""
    try:
        return drain()
    except EngineBusyError:
        return 0


def sweep_index() -> int:
    """Compare index and database, once a night."""
    return sweep()
