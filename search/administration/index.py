"""How the index is, and its rebuilding, in /gestione/."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import View
from django_q.models import OrmQ, Task
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.permissions import ModelPermissionPolicy

from search.administration.queries import AdministrationView
from search.engines import get_engine
from search.engines.base import EngineError
from search.models import IndexedObject, OutboxRow, RebuildRun
from search.services.rebuild import ask_for_rebuild, database_count, give_up_silent_runs

FAILURE_DAYS = 7
FAILURES = 5


class IndexView(AdministrationView):
    """Engine, generation, lag, failures, counts, and the last rebuildings."""

    template_name = "search/administration/index.html"
    page_title = "Indice della ricerca"
    header_icon = "cogs"
    permission_policy = ModelPermissionPolicy(RebuildRun)
    any_permission_required = ["view"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        give_up_silent_runs()
        oldest = OutboxRow.objects.order_by("pk").first()
        counts = database_count()
        runs = list(RebuildRun.objects.select_related("who")[:5])
        return {
            **super().get_context_data(**kwargs),
            **engine_state(),
            **failures(),
            "waiting": OutboxRow.objects.count(),
            "oldest": oldest,
            "lag": timezone.now() - oldest.created_at if oldest else None,
            "queue": OrmQ.objects.count(),
            "database": counts,
            "database_total": sum(counts.values()),
            "indexed": IndexedObject.objects.count(),
            "runs": runs,
            "open_run": next((run for run in runs if run.is_open), None),
            "may_rebuild": self.request.user.has_perm("search.add_rebuildrun"),
        }


class RebuildView(PermissionCheckedMixin, View):
    """Ask the worker to build the index again."""

    permission_policy = ModelPermissionPolicy(RebuildRun)
    permission_required = "add"
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            ask_for_rebuild(request.user)  # type: ignore[arg-type]
        except ValidationError as problem:
            messages.warning(request, " ".join(problem.messages))
        else:
            messages.success(request, "Ricostruzione chiesta: intanto la ricerca continua.")
        return redirect("search_index")


def engine_state() -> dict[str, Any]:
    """Return name, generation and counts of the engine, or that it does not answer."""
    engine = get_engine()
    try:
        return {"engine_name": engine.label, "status": engine.status()}
    except (EngineError, OSError) as problem:
        told = str(problem) or type(problem).__name__
        return {"engine_name": engine.label, "engine_problem": told}


def failures() -> dict[str, Any]:
    """Return the tasks of the search that failed lately."""
    since = timezone.now() - dt.timedelta(days=FAILURE_DAYS)
    failed = Task.objects.filter(success=False, func__startswith="search.", stopped__gte=since)
    rows = [
        {"at": task.stopped, "what": task.func, "why": str(task.result).splitlines()[0][:300]}
        for task in failed.order_by("-stopped")[:FAILURES]
        if task.result
    ]
    return {"failure_count": failed.count(), "failures": rows}
