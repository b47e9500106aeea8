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
    engine = get_engine()
    while OutboxRow.objects.exists():
        # The state is loaded by who may write it: an older one never comes after a newer one.
        with engine.writing():
            rows = list(OutboxRow.objects.order_by("pk")[:BATCH])
            ids = {row.object_id for row in rows}
            _write(ids)
            OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).delete()
            done += len(ids)
    return done


def _write(ids: Iterable[str], generation: str | None = None) -> None:
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
        engine.upsert(items, generation)
    if gone:
        engine.delete(gone, seq, generation)
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

    Searches go on; what changes meanwhile is written to the new generation before the switch, so
    nothing is lost and nothing that was hidden meanwhile is found.
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
    with engine.writing():
        # What was written to the old generation while this one was being filled.
        IndexedObject.objects.filter(seq__lt=began).delete()
        present = dict(IndexedObject.objects.values_list("object_id", "seq"))
        changed = {key for key, seq in present.items() if seq > written.get(key, 0)}
        changed |= written.keys() - present.keys()
        if changed:
            _write(changed, generation)
        engine.activate(generation)
    drain()
    return len(written)


def sweep() -> int:
    """Compare the index with the database and mend what differs; return how many objects."""
    wrong = sorted(differences())
    engine = get_engine()
    for start in range(0, len(wrong), BATCH):
        with engine.writing():
            _write(wrong[start : start + BATCH])
    return len(wrong)


def differences() -> set[str]:
    """Return the objects that the index lacks, keeps, or holds in another state than noted.

    What changes meanwhile may be among them: writing it again does no harm.
    """
    held = dict(get_engine().inventory())
    known = {
        key: (seq, audience)
        for key, seq, audience in IndexedObject.objects.values_list("object_id", "seq", "audience")
    }
    # What the index holds in another state than was noted, or that nobody noted.
    wrong = {key for key, seq in held.items() if key not in known or known[key][0] != seq}
    for _, make in sources:
        source = make()
        after = 0
        while pks := source.pks(after, REBUILD_BATCH):
            after = pks[-1]
            for item in source.load(pks, 0):
                _, audience = known.pop(item.id, (0, None))
                if audience != " ".join(sorted(item.audience)) or item.id not in held:
                    wrong.add(item.id)
    wrong.update(known)
    return wrong


def heal() -> int:
    """Fill an index that was emptied behind our back; return how many objects it took."""
    if get_engine().status().documents or not IndexedObject.objects.exists():
        return 0
    return rebuild(lambda count: None)
