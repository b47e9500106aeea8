"""What the worker does for the search."""

from __future__ import annotations

from search.engines.base import EngineBusyError
from search.indexing import drain, sweep
from search.services import alerts, log, rebuild, saved


def drain_outbox() -> int:
    """Bring the index up to date; when another process is at it, that one does this work too."""
    try:
        return drain()
    except EngineBusyError:
        return 0


def sweep_index() -> int:
    """Compare index and database, once a night."""
    return sweep()


def send_alerts() -> int:
    """Tell the owners of saved searches what is new, every minute those whose moment has come."""
    return alerts.send_due_alerts()


def forget_old_searches() -> int:
    """Delete old counts of queries and searches deleted long ago, once a night."""
    return log.forget_old() + saved.forget_deleted()


def rebuild_index(pk: int) -> int:
    """Do a rebuilding that was asked for in /gestione/."""
    return rebuild.do_rebuild(pk)
