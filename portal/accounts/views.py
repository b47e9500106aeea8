"""Ways into the portal."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send Wagtail's own sign-in forms to the portal's, which counts tries and asks two steps."""
    wanted = request.GET.get("next", "")
    address = reverse("account_login")
    return redirect(f"{address}?{urlencode({'next': wanted})}" if wanted else address)
