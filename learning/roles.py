"""Who runs the training, and who inspects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group

from portal.organisations.roles import GROUP_AUDITORS, GROUP_TRAINING

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Reader = AbstractBaseUser | AnonymousUser


def _groups(user: Reader) -> frozenset[str]:
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    held: frozenset[str] | None = getattr(user, "_training_groups", None)
    if held is None:
        held = frozenset(
            Group.objects.filter(
                user=user.pk, name__in=[GROUP_TRAINING, GROUP_AUDITORS]
            ).values_list("name", flat=True)
        )
        user._training_groups = held  # type: ignore[attr-defined]
    return held


def is_manager(user: Reader) -> bool:
    """Tell whether somebody runs the training: opens editions, issues and revokes."""
    return bool(getattr(user, "is_superuser", False)) or GROUP_TRAINING in _groups(user)


def is_auditor(user: Reader) -> bool:
    """Tell whether somebody reads every register and changes none."""
    return GROUP_AUDITORS in _groups(user)
