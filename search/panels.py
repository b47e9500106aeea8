"""What a member's area shows of her searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from portal.accounts.signed_in import person
from search.models import SavedSearch

if TYPE_CHECKING:
    from django.http import HttpRequest

SHOWN = 5


def saved_searches(request: HttpRequest, **context: object) -> str:
    """Return a person's saved searches, the ones that told something last first."""
    mine = list(
        SavedSearch.objects.kept().filter(user=person(request)).order_by("-told_at", "name")
    )
    return render_to_string(
        "search/panel_saved.html", {"searches": mine[:SHOWN], "count": len(mine)}, request
    )
