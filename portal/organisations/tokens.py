"""Audience tokens that come from affiliations."""

from __future__ import annotations

from portal.accounts.models import User
from portal.core.access import MEMBERS, organisation_token
from portal.organisations.models import Affiliation


def affiliation_tokens(user: User) -> set[str]:
    """Return ``members`` and the tokens of the bodies the person is verified for."""
    bodies = Affiliation.objects.active().filter(user=user).values_list("organisation", flat=True)
    tokens = {organisation_token(pk) for pk in bodies}
    return tokens | {MEMBERS} if tokens else tokens
