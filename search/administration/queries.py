"""What people look for, what they do not find and what they open, for the redazione."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permissions import ModelPermissionPolicy

from search.matches import described
from search.models import OpenedCount, QueryCount, TuningChange

PERIODS = [(7, "ultimi 7 giorni"), (30, "ultimi 30 giorni"), (365, "ultimo anno")]
DEFAULT_DAYS = 30
ROWS = 30
OPENED = 3


class AdministrationView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page of the search in /gestione/ that is no list of rows."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class QueriesView(AdministrationView):
    """The queries of a period: those that found nothing, or the most frequent."""

    template_name = "search/administration/queries.html"
    page_title = "Ricerche fatte"
    header_icon = "search"
    permission_policy = ModelPermissionPolicy(QueryCount)
    any_permission_required = ["view"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        days = next((days for days, _ in PERIODS if str(days) == asked.get("giorni")), DEFAULT_DAYS)
        frequent = asked.get("vista") == "frequenti"
        since = timezone.localdate() - dt.timedelta(days=days - 1)
        counted = (
            QueryCount.objects.filter(day__gte=since)
            .values("text")
            .annotate(times=Sum("count"), nothing=Sum("empty"))
        )
        if frequent:
            counted = counted.order_by("-times", "text")
        else:
            counted = counted.filter(nothing__gt=0).order_by("-nothing", "-times", "text")
        page = Paginator(counted, ROWS).get_page(asked.get("p"))
        opened = self.opened([row["text"] for row in page], since)
        rows = [
            {**row, "opened": opened.get(row["text"], []), **actions(row["text"])} for row in page
        ]
        return {
            **super().get_context_data(**kwargs),
            "rows": rows,
            "page_of_rows": page,
            "periods": PERIODS,
            "days": days,
            "frequent": frequent,
        }

    def opened(self, texts: list[str], since: dt.date) -> dict[str, list[dict[str, Any]]]:
        """Return the results most opened after each query, those that the editor may read."""
        counted = (
            OpenedCount.objects.filter(text__in=texts, day__gte=since)
            .values("text", "object_id")
            .annotate(times=Sum("count"))
            .order_by("text", "-times", "object_id")
        )
        best: dict[str, list[dict[str, Any]]] = {}
        for row in counted:
            if len(best.setdefault(row["text"], [])) < OPENED:
                best[row["text"]].append({**row})
        ids = sorted({row["object_id"] for rows in best.values() for row in rows})
        known = described(self.request.user, ids)
        return {
            text: [
                {"times": row["times"], "item": known[row["object_id"]]}
                for row in rows
                if row["object_id"] in known
            ]
            for text, rows in best.items()
        }


def actions(text: str) -> dict[str, str]:
    """Return the addresses of the forms that answer a query, prefilled."""
    return {
        "synonym_url": f"{reverse('sinonimi:add')}?{urlencode({'word': text[:40]})}",
        "pin_url": f"{reverse('risposte:add')}?{urlencode({'query': text})}",
        "search_url": f"{reverse('search:search')}?{urlencode({'q': text})}",
    }


class TuningLogView(AdministrationView):
    """Who changed what of the tuning, and when."""

    template_name = "search/administration/log.html"
    page_title = "Registro della regolazione"
    header_icon = "history"
    permission_policy = ModelPermissionPolicy(TuningChange)
    any_permission_required = ["view"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = TuningChange.objects.select_related("who").order_by(F("at").desc(), "-pk")
        page = Paginator(changes, ROWS).get_page(self.request.GET.get("p"))
        return {**super().get_context_data(**kwargs), "changes": page}
