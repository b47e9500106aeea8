"""Second factor demanded by policy of whoever can do harm with one password."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from portal.accounts.second_factor import must_have_second_factor

# How often a session notes that it is in use, in seconds.
NOTED_EVERY = 300

# Pages that a person without the second factor needs in order to set it up or to leave.
OPEN_PREFIXES = ("/account/", "/static/", "/livez", "/readyz")


class SessionActivityMiddleware:
    """Note the use of a session every few minutes instead of at every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.noting = UserSessionsMiddleware(lambda request: None)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = int(time.time())
        if request.user.is_authenticated and now - request.session.get("noted", 0) >= NOTED_EVERY:
            request.session["noted"] = now
            self.noting(request)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Send to the second factor's page those who must have one and do not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SECOND_FACTOR_REQUIRED
            and request.user.is_authenticated
            and not request.path.startswith(OPEN_PREFIXES)
            and must_have_second_factor(request.user)
        ):
            messages.warning(
                request,
                "Il suo ruolo richiede la verifica in due passaggi: la attivi per continuare.",
            )
            return redirect(reverse("mfa_index"))
        return self.get_response(request)
