"""Audience tokens that come from affiliations."""

from __future__ import annotations

from typing import Any

from portal.accounts.models import User
from portal.core.access import MEMBERS, organisation_token
from portal.organisations.models import Affiliation


def affiliations_of(user: User) -> list[Affiliation]:
    """Return a person's verified affiliations with their bodies, once for each user object."""
    held: list[Affiliation] | None = getattr(user, "_affiliations", None)
    if held is None:
        active = Affiliation.objects.active().filter(user=user).select_related("organisation")
        held = list(active.order_by("-created_at", "-pk"))
        user._affiliations = held  # type: ignore[attr-defined]
    return held


def held_office(user: User) -> dict[str, Any]:
    """Return body and office of a person's newest affiliation, as ``HeldOffice`` has them."""
    first = next(iter(affiliations_of(user)), None)
    return {
        "organisation": first.organisation if first else None,
        "office": first.office if first else "",
    }


def affiliation_tokens(user: User) -> set[str]:
    """Return ``members`` and the tokens of the bodies the person is verified for."""
    tokens = {organisation_token(held.organisation_id) for held in affiliations_of(user)}
    return tokens | {MEMBERS} if tokens else tokens
