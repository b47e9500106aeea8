"""Results as a file to keep."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from search.engines.base import EngineError
from search.exports import as_csv, as_xlsx, rows
from search.parameters import Parameters
from search.views.unavailable import unavailable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Answer with the results as CSV or XLSX, within the reader's rights."""
    refused = ratelimit.consume_or_429(request, action="search_export", limit_get=True)
    if refused:
        return refused
    found = rows(request.user, Parameters.read(request.GET))
    try:
        data = as_csv(found) if form == "csv" else as_xlsx(found)
    except EngineError:
        return unavailable(request)
    mime = "text/csv; charset=utf-8" if form == "csv" else XLSX
    answer = HttpResponse(data, content_type=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="risultati.{form}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
