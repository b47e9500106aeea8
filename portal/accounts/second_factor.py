"""Who must have a second factor, and whether she has one."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled

from portal.accounts.models import User
from portal.core.access import is_in_group, is_staff

# Groups whose members act for others; the names are in portal.organisations.roles.
GROUPS_WITH_POLICY = ("Moderatori", "Responsabili formazione")


def policy_covers(user: User) -> bool:
    """Tell whether the policy demands a second factor of this person."""
    return is_staff(user) or is_in_group(user, *GROUPS_WITH_POLICY)


def must_have_second_factor(user: User) -> bool:
    """Tell whether this person must still set up a second factor."""
    return policy_covers(user) and not is_mfa_enabled(user)
