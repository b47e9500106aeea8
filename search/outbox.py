"""Writing to the outbox, and what it hides from searches until the index has caught up."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task

from search.models import IndexedObject, Operation, OutboxRow
from search.sources import object_id, source_of

DRAIN = "search.tasks.drain_outbox"
# The worker looks every half minute for what is due.
AGAIN, AGAIN_SECONDS = "drain_outbox again", 5
# Whether the last search of this process was left without an answer.
_away = threading.Event()


def note_change(name: str, pk: int) -> None:
    """Note, in the present transaction, that an object was created, changed or removed."""
    note_changes(name, [pk])


def note_changes(name: str, pks: Iterable[int]) -> None:
    """Note the change of several objects of one source."""
    source = source_of(name)
    if source is None:
        return
    ids = {object_id(name, pk): pk for pk in pks}
    indexed = IndexedObject.objects.in_bulk(list(ids))
    rows = []
    for key, pk in ids.items():
        now = source.audience(pk)
        known = indexed.get(key)
        rows.append(
            OutboxRow(
                object_id=key,
                operation=Operation.UPSERT if now else Operation.REMOVE,
                hide=bool(known and known.tokens - now),
            )
        )
    OutboxRow.objects.bulk_create(rows, batch_size=500)
    _wake_after_commit()


def note_removal(name: str, pk: int) -> None:
    """Note, in the present transaction, that an object is being deleted."""
    OutboxRow.objects.create(object_id=object_id(name, pk), operation=Operation.REMOVE, hide=True)
    _wake_after_commit()


def leave_for_later(ids: Collection[str]) -> None:
    """Have objects written again whose writing failed: it may have reached the index all the same.

    Their rows are new ones, since another process that wrote them too may be about to delete those
    that it read.
    """
    with transaction.atomic():
        rows = list(OutboxRow.objects.filter(object_id__in=ids).order_by("-pk"))
        OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).delete()
        # The oldest row comes last: what waits has waited since then.
        since = {row.object_id: row.created_at for row in rows}
        hidden = {row.object_id for row in rows if row.hide}
        OutboxRow.objects.bulk_create(
            [
                OutboxRow(
                    object_id=key,
                    operation=Operation.UPSERT,
                    hide=key in hidden,
                    created_at=since.get(key) or timezone.now(),
                )
                for key in sorted(ids)
            ],
            batch_size=500,
        )


def _wake_after_commit() -> None:
    """Wake the worker once for all that a transaction changes."""
    connection = transaction.get_connection()
    if all(work is not wake_indexer for _, work, _ in connection.run_on_commit):
        transaction.on_commit(wake_indexer)


def wake_indexer() -> None:
    """Ask the worker to bring the index up to date."""
    async_task(DRAIN, group="index")


def try_again_soon() -> None:
    """Ask the worker to try again in a moment, once for all that failed."""
    soon = timezone.now() + dt.timedelta(seconds=AGAIN_SECONDS)
    if not Schedule.objects.filter(name=AGAIN).update(next_run=soon):
        Schedule.objects.create(name=AGAIN, func=DRAIN, schedule_type=Schedule.ONCE, next_run=soon)


def is_tried_again_soon() -> bool:
    """Tell whether the engine failed a moment ago and is left alone until the next attempt."""
    return Schedule.objects.filter(name=AGAIN, next_run__gt=timezone.now()).exists()


def note_engine(answers: bool) -> None:
    """Note whether a search was answered, and wake the worker when that is no more as before.

    So an emptied index is filled, and what waited is written, when the first reader sees it.
    """
    if answers == _away.is_set():
        (_away.clear if answers else _away.set)()
        Schedule.objects.filter(name=AGAIN).delete()
        wake_indexer()


def hidden_ids() -> frozenset[str]:
    """Return the objects that no search may show until the index has caught up."""
    return frozenset(
        OutboxRow.objects.filter(hide=True).values_list("object_id", flat=True).distinct()
    )
