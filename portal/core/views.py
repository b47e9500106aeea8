"""Health, errors and the small files that browsers and robots ask for."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve

PICTURE_FOLDERS = ("images/", "original_images/", "avatar_images/")


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve the editors' pictures where no web server stands in front of the portal."""
    if not path.startswith(PICTURE_FOLDERS):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Tell that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Tell whether the database answers; 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # noqa: BLE001 - whatever fails here means "not ready"
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "ok"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain an expired form in Italian and keep what was typed."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if "password" not in name and name != "csrfmiddlewaretoken"
        for value in values
        if value
    ]
    return render(request, "403_csrf.html", {"typed": typed}, status=403)
