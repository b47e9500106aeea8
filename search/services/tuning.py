"""Writing down who changed what of the tuning."""

from __future__ import annotations

from portal.accounts.models import User
from search.models import TuningChange
from search.models.tuning import Tuned


def note_change(actor: User, action: str, row: Tuned, before: str = "", after: str = "") -> None:
    """Keep a line of the log of the tuning."""
    TuningChange.objects.create(
        who=actor,
        action=action,
        kind=str(row._meta.verbose_name),
        before=before,
        after=after,
    )
