"""Who signed in, in views that only let people in who did."""

from __future__ import annotations

from django.http import HttpRequest

from portal.accounts.models import User


def person(request: HttpRequest) -> User:
    """Return who signed in; to be asked behind ``login_required`` only."""
    assert isinstance(request.user, User)
    return request.user
