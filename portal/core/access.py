"""Audience tokens: who a row is for, and which rows a reader may see.

Every readable row carries one or more tokens; a reader holds a set of them. A row is visible
when the two sets meet. The features add their own tokens through ``register_token_provider``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Exists, OuterRef

from portal.core.registry import Registry

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

PUBLIC = "public"
MEMBERS = "members"
STAFF = "staff"
# What a request's user object was found to hold, kept on it.
HELD_GROUPS, HELD_TOKENS = "_held_groups", "_audience_tokens"

# A provider is given the portal's own kind of person, which the core does not know.
TokenProvider = Callable[[Any], set[str]]
_providers: Registry[TokenProvider] = Registry("token provider")
register_token_provider = _providers.register


def organisation_token(pk: int) -> str:
    """Return the token of the people affiliated to a body."""
    return f"organisation:{pk}"


def space_token(pk: int) -> str:
    """Return the token of the members of a community space."""
    return f"space:{pk}"


def user_token(pk: int) -> str:
    """Return the token of one person."""
    return f"user:{pk}"


def group_token(pk: int) -> str:
    """Return the token of a Wagtail group named in a page's view restriction."""
    return f"group:{pk}"


@dataclass(frozen=True)
class HeldGroup:
    """A group that somebody is in; ``enters_admin`` when it opens the administration."""

    pk: int
    name: str
    enters_admin: bool


def groups_of(user: AbstractBaseUser | AnonymousUser) -> tuple[HeldGroup, ...]:
    """Return the groups of a person, asked for once for each request's user object."""
    if not user.is_authenticated or not user.is_active:
        return ()
    held: tuple[HeldGroup, ...] | None = getattr(user, HELD_GROUPS, None)
    if held is None:
        door = Permission.objects.filter(
            group=OuterRef("pk"), content_type__app_label="wagtailadmin", codename="access_admin"
        )
        groups = Group.objects.filter(user=user.pk).annotate(enters_admin=Exists(door))
        held = tuple(HeldGroup(*row) for row in groups.values_list("pk", "name", "enters_admin"))
        setattr(user, HELD_GROUPS, held)
    return held


def is_in_group(user: AbstractBaseUser | AnonymousUser, *names: str) -> bool:
    """Tell whether somebody is in one of the groups."""
    return any(group.name in names for group in groups_of(user))


def is_staff(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Tell whether somebody may enter the editors' administration."""
    if user.is_active and getattr(user, "is_superuser", False):
        return True
    return any(group.enters_admin for group in groups_of(user))


def audience_tokens(user: AbstractBaseUser | AnonymousUser) -> frozenset[str]:
    """Return the tokens a reader holds now, computed once for each request's user object."""
    if not user.is_authenticated or not user.is_active:
        return frozenset({PUBLIC})
    held = getattr(user, HELD_TOKENS, None)
    if held is None:
        tokens = {PUBLIC, user_token(user.pk)}
        tokens.update(group_token(group.pk) for group in groups_of(user))
        if is_staff(user):
            tokens.update({STAFF, MEMBERS})
        for _, provider in _providers:
            tokens.update(provider(user))
        held = frozenset(tokens)
        setattr(user, HELD_TOKENS, held)
    return held
