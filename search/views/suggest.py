"""Suggestions for the search boxes, as JSON."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from search.suggestions import suggestions


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer what somebody is typing with what she may see."""
    found = suggestions(request.user, request.GET.get("q", ""))
    answer = JsonResponse({"suggestions": [asdict(one) for one in found]})
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
