"""What every view of the communities begins with."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from communities.access import NotInSpaceError
from communities.selectors.spaces import standing_of

View = Callable[..., HttpResponseBase]


def for_people(view: View) -> View:
    """Ask to sign in; tell who is not in the space how to get in."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotInSpaceError as refused:
            space = refused.space
            standing = standing_of(request.user, [space])[space.pk]
            values = {"space": space, "standing": standing}
            return render(request, "communities/not_in_space.html", values, status=403)

    return login_required(answer)


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Go back to where a small form says it was, never to another site."""
    wanted = request.POST.get("next", "")
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if safe else otherwise)
