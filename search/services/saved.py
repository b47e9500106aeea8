"""Saving a search, changing when it speaks, deleting it and taking that back."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, QueryDict
from django.utils import timezone

from portal.accounts.models import User
from search.engines.base import EngineError
from search.matches import DEEPEST, matching_ids
from search.models import Frequency, SavedSearch, ToldResult
from search.parameters import Parameters

MOST = 50
HOUR = 7
UNDO_DAYS = 30


def parameters_of(query_string: str) -> Parameters:
    """Return the parameters of a saved search."""
    return Parameters.read(QueryDict(query_string))


def saved_form(parameters: Parameters) -> str:
    """Return the one address of a search, whatever its order and page."""
    return parameters.query_string(sort="relevance", page=1)


def key_of(query_string: str) -> str:
    """Return the fingerprint that tells whether a search is saved already."""
    return hashlib.sha256(query_string.encode()).hexdigest()


def get_saved_search_for(user: User, pk: int, deleted: bool = False) -> SavedSearch:
    """Return a saved search to its owner; raises Http404 to anybody else."""
    found = SavedSearch.objects.filter(user=user, pk=pk, deleted_at__isnull=not deleted).first()
    if found is None:
        raise Http404("No such saved search for this person.")
    return found


def save_search(user: User, parameters: Parameters, name: str, frequency: str) -> SavedSearch:
    """Save a search with its filters; what it finds today counts as told.

    Raises ValidationError when it is saved already, when there are too many, or when the engine
    does not answer.
    """
    query_string = saved_form(parameters)
    already = SavedSearch.objects.kept().filter(user=user)
    if already.count() >= MOST:
        raise ValidationError(f"Si possono salvare al massimo {MOST} ricerche: ne elimini una.")
    try:
        today = matching_ids(user, parameters_of(f"{query_string}&sort=date"), DEEPEST)
    except EngineError:
        raise ValidationError("La ricerca ora non risponde: riprovi tra un minuto.") from None
    try:
        with transaction.atomic():
            saved = SavedSearch.objects.create(
                user=user,
                name=_one_line(name),
                query_string=query_string,
                key=key_of(query_string),
                frequency=frequency,
                next_at=next_moment(frequency),
            )
            ToldResult.objects.bulk_create(
                [ToldResult(saved=saved, object_id=key) for key in today], batch_size=500
            )
    except IntegrityError:
        raise ValidationError("Questa ricerca è già tra le sue ricerche salvate.") from None
    return saved


def change(saved: SavedSearch, name: str, frequency: str) -> None:
    """Give a saved search another name and another rhythm."""
    if frequency != saved.frequency:
        saved.next_at = next_moment(frequency)
    saved.name, saved.frequency = _one_line(name), frequency
    saved.save(update_fields=["name", "frequency", "next_at"])


def set_paused(saved: SavedSearch, paused: bool) -> None:
    """Stop the letters of a saved search, or let them start again."""
    saved.paused = paused
    if not paused:
        saved.next_at = next_moment(saved.frequency)
    saved.save(update_fields=["paused", "next_at"])


def delete(saved: SavedSearch) -> None:
    """Delete a saved search; for some days this can be taken back."""
    saved.deleted_at = timezone.now()
    saved.save(update_fields=["deleted_at"])


def restore(saved: SavedSearch) -> None:
    """Take a deletion back; raises ValidationError when the same search was saved again."""
    try:
        with transaction.atomic():
            saved.deleted_at = None
            saved.next_at = next_moment(saved.frequency)
            saved.save(update_fields=["deleted_at", "next_at"])
    except IntegrityError:
        raise ValidationError("Questa ricerca è già tra le sue ricerche salvate.") from None


def forget_deleted() -> int:
    """Delete for good what was deleted long ago."""
    before = timezone.now() - dt.timedelta(days=UNDO_DAYS)
    return SavedSearch.objects.filter(deleted_at__lt=before).delete()[0]


def next_moment(frequency: str, now: dt.datetime | None = None) -> dt.datetime:
    """Return when to look next: at once, at seven in the morning, on Monday at seven."""
    here = timezone.localtime(now or timezone.now())
    if frequency == Frequency.IMMEDIATE:
        return here
    days = 0 if here.hour < HOUR else 1
    if frequency == Frequency.WEEKLY:
        days = -here.weekday() % 7
        if days == 0 and here.hour >= HOUR:
            days = 7
    day = here.date() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(HOUR)))


def _one_line(name: str) -> str:
    return " ".join(name.split())[:100]
