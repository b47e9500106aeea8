"""The tuning in force: held by each process, asked again when its stamp has changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TypeVar

from search.models import PinnedAnswer, Stopword, Synonym, TuningState, Weight, WordForms
from search.models.tuning import Tuned, lines
from search.tuning.snapshot import Rows, Snapshot, first_snapshot

T = TypeVar("T", bound=Tuned)
RECENT = 1.0
_held: dict[str, Snapshot] = {}
_asked: dict[str, float] = {}
_tried: ContextVar[Snapshot | None] = ContextVar("tuning_tried", default=None)
_first = cache(first_snapshot)


def current() -> Snapshot:
    """Return the tuning that this process knows, without asking the database."""
    return _tried.get() or _held.get("now") or _first()


def refresh() -> Snapshot:
    """Ask for the stamp (one query), load the tuning again when it has changed, return it."""
    tried = _tried.get()
    if tried is not None:
        return tried
    stamp = TuningState.objects.filter(pk=1).values_list("stamp", flat=True).first()
    if stamp is None:
        _held.pop("now", None)
    elif current().stamp != stamp:
        _held["now"] = Snapshot.build(rows(), stamp)
    return current()


def recent() -> Snapshot:
    """Return the tuning as it was a second ago at the most, for what a page asks many times."""
    if time.monotonic() - _asked.get("at", -RECENT) >= RECENT:
        refresh()
        _asked["at"] = time.monotonic()
    return current()


@contextmanager
def using(snapshot: Snapshot) -> Iterator[None]:
    """Answer the searches of this thread with another tuning, to see what it would change."""
    token = _tried.set(snapshot)
    try:
        yield
    finally:
        _tried.reset(token)


def rows(draft: Tuned | None = None) -> Rows:
    """Return the rows of the database, with an unsaved one in the place of its saved state."""
    return Rows(
        stopwords=[row.word for row in _with(Stopword, draft)],
        synonyms=[(row.word, lines(row.meanings), row.both_ways) for row in _with(Synonym, draft)],
        forms=[lines(row.forms) for row in _with(WordForms, draft)],
        weights=[(row.target, row.points) for row in _with(Weight, draft)],
        pins=[(row.query, row.object_ids()) for row in _with(PinnedAnswer, draft) if row.active],
    )


def _with(model: type[T], draft: Tuned | None) -> list[T]:
    found = model._default_manager.all()
    if model is PinnedAnswer:
        found = found.prefetch_related("items")
    kept = [row for row in found if not isinstance(draft, model) or row.pk != draft.pk]
    return [*kept, draft] if isinstance(draft, model) else kept
