"""Audience tokens: who a row is for, and which rows a reader may see.

Every readable row carries one or more tokens; a reader holds a set of them. A row is visible
when the two sets meet. The features add their own tokens through ``register_token_provider``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from portal.core.registry import Registry

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

PUBLIC = "public"
MEMBERS = "members"
STAFF = "staff"

TokenProvider = Callable[["AbstractBaseUser"], set[str]]
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


def is_staff(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Tell whether somebody may enter the editors' administration."""
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))


def audience_tokens(user: AbstractBaseUser | AnonymousUser) -> frozenset[str]:
    """Return the tokens a reader holds now, computed once for each request's user object."""
    if not user.is_authenticated or not user.is_active:
        return frozenset({PUBLIC})
    held = getattr(user, "_audience_tokens", None)
    if held is None:
        tokens = {PUBLIC, user_token(user.pk)}
        tokens.update(group_token(pk) for pk in user.groups.values_list("pk", flat=True))
        if is_staff(user):
            tokens.update({STAFF, MEMBERS})
        for _, provider in _providers:
            tokens.update(provider(user))
        held = frozenset(tokens)
        user._audience_tokens = held
    return held
