"""Telling the owners of saved searches what is new, each thing once, with today's rights."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.core.access import audience_tokens
from portal.core.letters import queue_letter, unsubscribe_headers
from search.engines.base import EngineError
from search.matches import DEEPEST, described, matching_ids
from search.models import Frequency, IndexState, OutboxRow, SavedSearch, ToldResult
from search.services.saved import next_moment, parameters_of
from search.sources import Described
from search.tuning import refresh

logger = logging.getLogger(__name__)
SALT = "search.alerts"
LISTED = 20
BROKEN = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Listed:
    """A result as the letter names it."""

    title: str
    line: str
    url: str


def send_due_alerts() -> int:
    """Look for news of every saved search whose moment has come; return how many letters left.

    One that breaks is looked at again in an hour, and keeps no other from being told.
    """
    sent = 0
    for saved in SavedSearch.objects.due().order_by("next_at", "pk"):
        try:
            sent += tell(saved)
        except EngineError:
            logger.warning("The engine does not answer: saved searches wait.")
            return sent
        except Exception:
            logger.exception("The saved search %s breaks", saved.pk)
            later = timezone.now() + BROKEN
            SavedSearch.objects.filter(pk=saved.pk, next_at=saved.next_at).update(next_at=later)
    return sent


def tell(saved: SavedSearch) -> bool:
    """Send the letter of a saved search when there is something not yet told.

    Its owner is read again, so that what she may see is what she may see now. The moment is
    claimed by a conditional update: of two workers that look together, one tells.
    """
    owner = User.objects.get(pk=saved.user_id)
    state = _state_of_things(owner)
    found: dict[str, Described] = {}
    changed = not state or state != saved.seen
    if not changed and saved.frequency == Frequency.IMMEDIATE:
        return False
    if owner.is_active and changed:
        ids = matching_ids(owner, parameters_of(f"{saved.query_string}&sort=date"), DEEPEST)
        told = set(saved.told.values_list("object_id", flat=True))
        found = described(owner, [key for key in ids if key not in told])
    with transaction.atomic():
        claimed = (
            SavedSearch.objects.due()
            .filter(pk=saved.pk, next_at=saved.next_at)
            .update(next_at=next_moment(saved.frequency), seen=state)
        )
        if not claimed or not found:
            return False
        ToldResult.objects.bulk_create(
            [ToldResult(saved=saved, object_id=key) for key in found], batch_size=500
        )
        SavedSearch.objects.filter(pk=saved.pk).update(told_at=timezone.now())
        path = reverse("search:unsubscribe", args=[unsubscribe_token(saved)])
        queue_letter(
            "search/mail/alert.txt",
            {
                "saved": saved,
                "count": len(found),
                "results": [_listed(item) for item in list(found.values())[:LISTED]],
                "more": max(len(found) - LISTED, 0),
                "unsubscribe": path,
            },
            [owner.email],
            headers=unsubscribe_headers(path),
        )
    return True


def unsubscribe_token(saved: SavedSearch) -> str:
    """Return the signed word that stops the letters of a saved search without signing in."""
    return signing.dumps(saved.pk, salt=SALT)


def saved_search_of(token: str) -> SavedSearch | None:
    """Return the saved search of a signed word, None when it is not ours or is gone."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return SavedSearch.objects.kept().filter(pk=pk).first()


def _state_of_things(owner: User) -> str:
    """Return what the answer depends on: index, rights, tuning; empty while the index is behind."""
    if OutboxRow.objects.exists():
        return ""
    seq = IndexState.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    rights = hashlib.sha256(" ".join(sorted(audience_tokens(owner))).encode()).hexdigest()[:24]
    return f"{seq}:{rights}:{refresh().stamp}"


def _listed(item: Described) -> Listed:
    day = item.date.strftime("%d/%m/%Y") if item.date else ""
    parts = [item.kind_label, item.body, day]
    title = " ".join(item.title.split())
    return Listed(title, " · ".join(part for part in parts if part), item.url)
