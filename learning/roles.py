"""Who runs the training, and who inspects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.core.access import is_in_group
from portal.organisations.roles import GROUP_AUDITORS, GROUP_TRAINING

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Reader = AbstractBaseUser | AnonymousUser


def is_manager(user: Reader) -> bool:
    """Tell whether somebody runs the training: opens editions, issues and revokes."""
    return bool(getattr(user, "is_superuser", False)) or is_in_group(user, GROUP_TRAINING)


def is_auditor(user: Reader) -> bool:
    """Tell whether somebody reads every register and changes none."""
    return is_in_group(user, GROUP_AUDITORS)
