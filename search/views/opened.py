"""What the page of results says of the result that was opened."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search.services.log import note_opened


@csrf_exempt  # A beacon carries no token of ours but the signed one; it changes a count only.
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """Count that a result was opened, if the signed word says that it was one of the results."""
    known = note_opened(request.POST.get("ricerca", ""), request.POST.get("oggetto", ""))
    return HttpResponse(status=204 if known else 400)
