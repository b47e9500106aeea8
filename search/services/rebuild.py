"""Rebuilding the index from /gestione/: asked for once at a time, done by the worker."""

from __future__ import annotations

import datetime as dt
import logging
import time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Least
from django.utils import timezone
from django_q.tasks import async_task

from portal.accounts.models import User
from portal.core.heartbeat import LEASE, beating
from search.engines.base import EngineBusyError
from search.indexing import rebuild
from search.models import RebuildRun, RebuildState
from search.sources import sources

logger = logging.getLogger(__name__)
PROGRESS_SECONDS = 0.5
SILENT_MINUTES = 20
# One that has not come to its end by then stops the worker each time: nobody takes it up again.
GIVE_UP = dt.timedelta(hours=6)


def database_count() -> dict[str, int]:
    """Return how many objects of each source, by its label, the database has for the index."""
    counts = {}
    for _, make in sources:
        source, after, count = make(), 0, 0
        known = getattr(source, "count", None)
        if known:
            counts[source.label] = int(known())
            continue
        while pks := source.pks(after, 5000):
            after = pks[-1]
            count += len(pks)
        counts[source.label] = count
    return counts


def ask_for_rebuild(actor: User) -> RebuildRun:
    """Ask the worker to rebuild; raises PermissionDenied, ValidationError when one is open."""
    if not actor.has_perm("search.add_rebuildrun"):
        raise PermissionDenied
    give_up_silent_runs()
    try:
        with transaction.atomic():
            run = RebuildRun.objects.create(who=actor, total=sum(database_count().values()))
            async_task("search.tasks.rebuild_index", run.pk, group="index")
    except IntegrityError:
        raise ValidationError("Una ricostruzione è già in corso.") from None
    return run


def do_rebuild(pk: int) -> int:
    """Rebuild and say how far it is; a failure is kept on the run and raised again.

    The claim is a conditional UPDATE: a task delivered twice rebuilds once, unless the first who
    took it is dead.
    """
    now = timezone.now()
    run = RebuildRun.objects.filter(pk=pk, slot=1)
    free = Q(state=RebuildState.WAITING) | Q(touched_at__lt=now - LEASE)
    if not run.filter(free).update(state=RebuildState.RUNNING, done=0, touched_at=now):
        return 0
    done, last = 0, 0.0

    def progress(count: int, *more: Any) -> None:
        nonlocal done, last
        done += count
        if time.monotonic() - last > PROGRESS_SECONDS:
            last = time.monotonic()
            # The sources read some pages that no index holds: never more than all.
            shown = Least(Value(done), F("total"))
            run.update(done=shown, touched_at=timezone.now())

    try:
        with beating(lambda: run.update(touched_at=timezone.now())):
            indexed = rebuild(progress)
    except EngineBusyError:
        # Another process writes all the time, or fills an emptied index: tried again in a while.
        run.update(state=RebuildState.WAITING, touched_at=timezone.now())
        return 0
    except Exception as problem:
        logger.exception("The index could not be rebuilt.")
        _end(pk, RebuildState.FAILED, done, f"{type(problem).__name__}: {problem}")
        raise
    _end(pk, RebuildState.DONE, indexed, "")
    return indexed


def resume_rebuilds() -> int:
    """Queue again the rebuilding whose worker died, and return how many (one at the most)."""
    give_up_silent_runs()
    now = timezone.now()
    count = 0
    for run in RebuildRun.objects.filter(slot=1, touched_at__lt=now - LEASE):
        async_task("search.tasks.rebuild_index", run.pk, group="index")
        count += 1
    return count


def give_up_silent_runs() -> None:
    """Close the runs that no worker takes up, or that none brings to its end."""
    now = timezone.now()
    silent = Q(touched_at__lt=now - dt.timedelta(minutes=SILENT_MINUTES))
    endless = Q(touched_at__lt=now - LEASE, asked_at__lt=now - GIVE_UP)
    RebuildRun.objects.filter(silent | endless, slot=1).update(
        state=RebuildState.FAILED,
        slot=None,
        ended_at=timezone.now(),
        error="Il processo che la faceva si è fermato.",
    )


def _end(pk: int, state: RebuildState, done: int, error: str) -> None:
    now = timezone.now()
    RebuildRun.objects.filter(pk=pk).update(
        state=state, done=done, error=error[:2000], slot=None, ended_at=now, touched_at=now
    )
