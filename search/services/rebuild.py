"""Rebuilding the index from /gestione/: asked for once at a time, done by the worker."""

from __future__ import annotations

import datetime as dt
import logging
import time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Least
from django.utils import timezone
from django_q.tasks import async_task

from portal.accounts.models import User
from search.indexing import rebuild
from search.models import RebuildRun, RebuildState
from search.sources import sources

logger = logging.getLogger(__name__)
PROGRESS_SECONDS = 0.5
SILENT_MINUTES = 20


def database_count() -> dict[str, int]:
    """Return how many objects of each source belong in the index, by what the database says."""
    counts = {}
    for name, make in sources:
        source, after, count = make(), 0, 0
        known = getattr(source, "count", None)
        if known:
            counts[name] = int(known())
            continue
        while pks := source.pks(after, 5000):
            after = pks[-1]
            count += len(pks)
        counts[name] = count
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
    """Rebuild and say how far it is; a failure is kept on the run and raised again."""
    begun = RebuildRun.objects.filter(pk=pk, slot=1).update(state=RebuildState.RUNNING, done=0)
    if not begun:
        return 0
    done, last = 0, 0.0

    def progress(count: int, *more: Any) -> None:
        nonlocal done, last
        done += count
        if time.monotonic() - last > PROGRESS_SECONDS:
            last = time.monotonic()
            # The sources read some pages that no index holds: never more than all.
            shown = Least(Value(done), F("total"))
            RebuildRun.objects.filter(pk=pk).update(done=shown, touched_at=timezone.now())

    try:
        indexed = rebuild(progress)
    except Exception as problem:
        logger.exception("The index could not be rebuilt.")
        _end(pk, RebuildState.FAILED, done, f"{type(problem).__name__}: {problem}")
        raise
    _end(pk, RebuildState.DONE, indexed, "")
    return indexed


def give_up_silent_runs() -> None:
    """Close the runs of a worker that was stopped in the middle."""
    before = timezone.now() - dt.timedelta(minutes=SILENT_MINUTES)
    silent = RebuildRun.objects.filter(slot=1, touched_at__lt=before)
    silent.update(
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
