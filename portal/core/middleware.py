"""Headers and refusals that belong to every response."""

from __future__ import annotations

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

ADMIN_PREFIX = "/gestione/"

# The administration of Wagtail 7.4 needs inline styles (Draftail, comments, dashboards), inline
# event attributes in a few legacy templates, and frames of its own pages for previews. Scripts
# stay our own files; nothing outside this server is ever allowed.
ADMIN_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The policy of the settings everywhere, and the administration's own one under /gestione/."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith(ADMIN_PREFIX) and parts.replace is None:
            parts.replace = ADMIN_POLICY
        return parts


class HostileRequestMiddleware:
    """Refuse NUL characters, which PostgreSQL takes nowhere, in the path of an address.

    Those of parameters and forms are for whoever reads them to refuse or to leave out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            return HttpResponseBadRequest(render_to_string("400.html", request=request))
        return self.get_response(request)


class PrivateResponseMiddleware:
    """Answers to people who signed in are kept by no cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store, private"
        return response
