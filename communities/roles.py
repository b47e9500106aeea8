"""Who is in which space and what she may do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.core.access import is_staff, space_token
from portal.organisations.access import decides_for_everybody
from portal.organisations.tokens import affiliations_of

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    from communities.models.membership import Membership
    from portal.accounts.models import User

    Reader = AbstractBaseUser | AnonymousUser

# What the portal knows of a person for the length of a request, and forgets when it changes.
HELD = ("_memberships", "_audience_tokens")


def memberships_of(user: Reader) -> dict[int, Membership]:
    """Return the spaces that somebody is in, by key, once for each request's user object.

    Who has no verified body any more, and is no editor, is in none.
    """
    if not user.is_authenticated or not user.is_active:
        return {}
    held: dict[int, Membership] | None = getattr(user, "_memberships", None)
    if held is None:
        held = {}
        if affiliations_of(user) or is_staff(user):  # type: ignore[arg-type]
            from communities.models.membership import Membership

            mine = Membership.objects.active().filter(user=user.pk)
            held = {
                one.space_id: one for one in mine.select_related("space__network", "space__page")
            }
        user._memberships = held  # type: ignore[attr-defined]
    return held


def forget(user: Reader) -> None:
    """Forget what was computed of a person whose memberships have just changed."""
    for name in HELD:
        if hasattr(user, name):
            delattr(user, name)


def space_tokens(user: User) -> set[str]:
    """Return the audience tokens of the spaces that somebody is in."""
    return {space_token(pk) for pk in memberships_of(user)}


def role_in(user: Reader, space_id: int) -> frozenset[str]:
    """Return what somebody is in a space: ``member``, ``moderator``, ``owner``, ``appointer``.

    UPI's direction appoints who moderates a space without reading what is said in it.
    """
    if getattr(user, "is_superuser", False):
        return frozenset({"member", "moderator", "owner", "appointer"})
    roles = set()
    membership = memberships_of(user).get(space_id)
    if membership:
        roles.add("member")
        if membership.moderates:
            roles.add("moderator")
        if membership.role == "responsabile":
            roles |= {"owner", "appointer"}
    if user.is_authenticated and user.is_active and decides_for_everybody(user):  # type: ignore[arg-type]
        roles.add("appointer")
    return frozenset(roles)
