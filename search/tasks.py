"""What the worker does for the search."""

from __future__ import annotations

import logging

from search.engines.base import EngineBusyError, EngineError
from search.indexing import drain, heal, sweep
from search.outbox import is_tried_again_soon, try_again_soon
from search.services import alerts, rebuild, saved
from search.services import log as query_log

log = logging.getLogger(__name__)


def drain_outbox() -> int:
    """Fill the index when it was emptied, then bring it up to date.

    When another process is writing, that one does this work too. When the engine does not answer
    the rows stay, and are tried again soon; what is asked for before that waits for it too, so that
    a broken engine costs those who publish nothing.
    """
    if is_tried_again_soon():
        return 0
    try:
        return heal() + drain()
    except EngineBusyError:
        return 0
    except EngineError as problem:
        log.warning("The index waits for its engine: %s", problem)
        try_again_soon()
        return 0


def sweep_index() -> int:
    """Compare index and database, once a night."""
    return sweep()


def send_alerts() -> int:
    """Tell the owners of saved searches what is new, every minute those whose moment has come."""
    return alerts.send_due_alerts()


def forget_old_searches() -> int:
    """Delete old counts of queries and searches deleted long ago, once a night."""
    return query_log.forget_old() + saved.forget_deleted()


def resume_rebuilds() -> int:
    """Take up the rebuilding of a worker that died, every minute."""
    return rebuild.resume_rebuilds()


def rebuild_index(pk: int) -> int:
    """Do a rebuilding that was asked for in /gestione/."""
    return rebuild.do_rebuild(pk)
