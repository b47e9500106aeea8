"""Bringing the index up to date with the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import transaction

from search.engines import get_engine
from search.engines.base import IndexItem
from search.models import IndexedObject, IndexState, OutboxRow
from search.sources import parse_object_id, source_of, sources

BATCH = 200
REBUILD_BATCH = 250

Progress = Callable[[int], None]


def drain() -> int:
    """Write what the outbox names to the index until it is empty; return how many objects.

    The present state is loaded, so several rows of one object are one write and their order does
    not matter. Rows go only after the index has committed: a crash repeats work, never loses it.
    """
    done = 0
    while rows := list(OutboxRow.objects.order_by("pk")[:BATCH]):
        ids = {row.object_id for row in rows}
        _write(ids)
        OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).delete()
        done += len(ids)
    return done


def _write(ids: Iterable[str]) -> None:
    seq = IndexState.next_seq()
    wanted: dict[str, list[int]] = defaultdict(list)
    for key in ids:
        name, pk = parse_object_id(key)
        wanted[name].append(pk)
    items: list[IndexItem] = []
    for name, pks in wanted.items():
        source = source_of(name)
        if source:
            items += list(source.load(pks, seq))
    engine = get_engine()
    gone = set(ids) - {item.id for item in items}
    if items:
        engine.upsert(items)
    if gone:
        engine.delete(gone)
    with transaction.atomic():
        _remember(items)
        IndexedObject.objects.filter(object_id__in=gone).delete()


def _remember(items: Iterable[IndexItem]) -> None:
    IndexedObject.objects.bulk_create(
        [
            IndexedObject(object_id=item.id, seq=item.seq, audience=" ".join(sorted(item.audience)))
            for item in items
        ],
        batch_size=500,
        update_conflicts=True,
        update_fields=["seq", "audience"],
        unique_fields=["object_id"],
    )


def rebuild(progress: Progress) -> int:
    """Build a new generation from the database beside the active one, then switch to it.

    Searches go on; what changes meanwhile is written to the new generation before and after the
    switch, so nothing is lost.
    """
    engine = get_engine()
    began = IndexState.next_seq()
    generation = engine.begin()
    written: dict[str, int] = {}
    for _, make in sources:
        source = make()
        after = 0
        while pks := source.pks(after, REBUILD_BATCH):
            after = pks[-1]
            items = list(source.load(pks, IndexState.next_seq()))
            if items:
                engine.upsert(items, generation)
                _remember(items)
                written.update((item.id, item.seq) for item in items)
            progress(len(pks))
    engine.activate(generation)
    IndexedObject.objects.filter(seq__lt=began).delete()
    # What the worker wrote to the old generation while this one was being filled.
    changed = IndexedObject.objects.filter(seq__gt=began).values_list("object_id", "seq")
    _write({key for key, seq in changed if seq > written.get(key, 0)})
    drain()
    return len(written)


def sweep() -> int:
    """Compare the index with the database and mend what differs; return how many objects."""
    known = dict(IndexedObject.objects.values_list("object_id", "audience"))
    wrong: set[str] = set()
    for _, make in sources:
        source = make()
        after = 0
        while pks := source.pks(after, REBUILD_BATCH):
            after = pks[-1]
            for item in source.load(pks, 0):
                if known.pop(item.id, None) != " ".join(sorted(item.audience)):
                    wrong.add(item.id)
    wrong.update(known)
    if wrong:
        _write(wrong)
    return len(wrong)
