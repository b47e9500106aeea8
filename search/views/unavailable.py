"""What the reader is told while the engine does not answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RETRY_SECONDS = "60"


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer that the results cannot be gathered now, and when to try again."""
    answer = render(request, "search/unavailable.html", status=503)
    answer.headers["Retry-After"] = RETRY_SECONDS
    return answer
