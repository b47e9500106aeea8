"""Bringing the index up to date with the database."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TypeVar

from django.db import transaction

from search.engines import get_engine
from search.engines.base import EngineBusyError, IndexItem
from search.models import IndexedObject, IndexState, OutboxRow
from search.only_one import only_one
from search.outbox import leave_for_later
from search.sources import object_id, parse_object_id, source_of, sources
from search.sources.base import Source

BATCH = 200
REBUILD_BATCH = 250
# Seconds between two batches of one process; and those that a rebuilding, which has its work
# behind it, waits for its turn.
TURN = 0.2
REBUILD_PATIENCE = 120.0
# Notes of a new generation written in one transaction: publishing waits for it on SQLite.
NOTED = 50

# Seconds of rest for each second of work of a rebuilding while somebody publishes, who comes first;
# and after how many seconds it looks again whether somebody does.
REST, LONGEST_REST, LOOK = 1.5, 0.2, 0.5

T = TypeVar("T")
Progress = Callable[[int], None]
# Sequence number and audience.
State = tuple[int, str]


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
        if len(rows) == BATCH:
            # Who waits for its turn to write gets it.
            time.sleep(TURN)
    return done


def _write(ids: Collection[str], generation: str | None = None) -> None:
    try:
        _write_now(ids, IndexState.next_seq(), generation)
    except Exception:
        leave_for_later(ids)
        raise


def _write_now(ids: Collection[str], seq: int, generation: str | None) -> None:
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
        # Another process may have written, and noted, a later state meanwhile.
        later = IndexedObject.objects.select_for_update().filter(object_id__in=ids, seq__gt=seq)
        newer = set(later.values_list("object_id", flat=True))
        _remember({item.id: _state(item) for item in items if item.id not in newer})
        IndexedObject.objects.filter(object_id__in=gone - newer).delete()


def _remember(states: Mapping[str, State]) -> None:
    """Note what the index holds now: sequence number and audience by object."""
    IndexedObject.objects.bulk_create(
        [
            IndexedObject(object_id=key, seq=seq, audience=audience)
            for key, (seq, audience) in states.items()
        ],
        batch_size=500,
        update_conflicts=True,
        update_fields=["seq", "audience"],
        unique_fields=["object_id"],
    )


def _state(item: IndexItem) -> State:
    return item.seq, " ".join(sorted(item.audience))


def rebuild(progress: Progress) -> int:
    """Build a new generation from the database beside the active one, then switch to it.

    Searches go on; what changes meanwhile is written to the new generation before the switch, so
    nothing is lost and nothing that was hidden meanwhile is found. When it fails everything is as
    it was. Raises EngineBusyError while another process of this machine is rebuilding.
    """
    engine = get_engine()
    with only_one("rebuild"):
        began = IndexState.next_seq()
        generation = engine.begin()
        written: dict[str, State] = {}
        for _, make in sources:
            source = make()
            for pks in _keys(source):
                items = list(_unhurried(source.load(pks, IndexState.next_seq())))
                if items:
                    engine.upsert(_unhurried(items), generation)
                    written.update((item.id, _state(item)) for item in items)
                progress(len(pks))
        with engine.writing(REBUILD_PATIENCE):
            # What was written to the old generation while this one was being filled, and what
            # was removed from it.
            later = IndexedObject.objects.filter(seq__gte=began).values_list("object_id", "seq")
            changed = {key for key, seq in later if seq > written.get(key, (0, ""))[0]}
            changed |= written.keys() - _wanted()
            if changed:
                _write(changed, generation)
            engine.activate(generation)
            unchanged = {key: state for key, state in written.items() if key not in changed}
            _replace_notes(unchanged, began)
    with suppress(EngineBusyError):
        # Who writes now does this too.
        drain()
    return len(written)


def _unhurried(items: Iterable[T]) -> Iterator[T]:
    """Yield items; while somebody publishes, rest after each as long as it took, and half more."""
    begun, looked, busy = time.monotonic(), 0.0, False
    for item in items:
        yield item
        worked = time.monotonic() - begun
        if time.monotonic() - looked > LOOK:
            looked, busy = time.monotonic(), OutboxRow.objects.exists()
        if busy:
            time.sleep(min(REST * worked, LONGEST_REST))
        begun = time.monotonic()


def _replace_notes(states: Mapping[str, State], began: int) -> None:
    """Note what a new generation holds instead of what the last one held."""
    keys = list(states)
    for start in _unhurried(range(0, len(keys), NOTED)):
        some = keys[start : start + NOTED]
        with transaction.atomic():
            later = IndexedObject.objects.filter(object_id__in=some, seq__gte=began)
            newer = {
                one.object_id
                for one in later.select_for_update()
                if one.seq > states[one.object_id][0]
            }
            _remember({key: states[key] for key in some if key not in newer})
    IndexedObject.objects.filter(seq__lt=began).delete()


def _wanted() -> set[str]:
    """Return the ids of all that may belong in the index, by the keys alone."""
    found: set[str] = set()
    for name, make in sources:
        for pks in _keys(make()):
            found.update(object_id(name, pk) for pk in pks)
    return found


def _keys(source: Source) -> Iterator[list[int]]:
    """Yield the keys of a source, a batch at a time."""
    after = 0
    while pks := source.pks(after, REBUILD_BATCH):
        after = pks[-1]
        yield pks


def sweep() -> int:
    """Compare the index with the database and mend what differs; return how many objects."""
    return _mend(differences())


def differences() -> set[str]:
    """Return the objects that the index lacks, keeps, or holds in another state than theirs.

    What changes meanwhile may be among them: writing it again does no harm.
    """
    wrong = unlike_notes()
    known = dict(IndexedObject.objects.values_list("object_id", "audience"))
    for _, make in sources:
        source = make()
        for pks in _keys(source):
            for item in source.load(pks, 0):
                if known.pop(item.id, None) != _state(item)[1]:
                    wrong.add(item.id)
    return wrong | known.keys()


def unlike_notes() -> set[str]:
    """Return the objects that the index holds otherwise than was noted when it was written."""
    held = set(get_engine().inventory())
    noted = set(IndexedObject.objects.values_list("object_id", "seq"))
    return {key for key, _ in held ^ noted}


def _mend(wrong: Iterable[str]) -> int:
    keys = sorted(wrong)
    engine = get_engine()
    for start in range(0, len(keys), BATCH):
        with engine.writing():
            _write(keys[start : start + BATCH])
    return len(keys)


def is_emptied() -> bool:
    """Tell whether the index lost most of what it held: until it is filled it answers nothing."""
    return get_engine().status().documents < IndexedObject.objects.count() / 2


def heal() -> int:
    """Fill an index that lost something behind our back; return how many objects it took.

    Raises EngineBusyError while another process fills it.
    """
    if get_engine().status().documents == IndexedObject.objects.count():
        return 0
    if is_emptied():
        return rebuild(lambda count: None)
    return _mend(unlike_notes())
