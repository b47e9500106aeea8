"""What the editors learn from the readers' opinions."""

from __future__ import annotations

from typing import Any

from django.db.models import Avg, Count, Max, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from portal.editorial.models import PageFeedback
from portal.editorial.models.feedback import UNCLEAR

EDITORS = ["add", "change", "publish"]


def pages_of(user: Any) -> Any:
    """Return the pages that an editor works on."""
    return page_permission_policy.instances_user_has_any_permission_for(user, EDITORS)


class FeedbackReportView(ReportView):
    """The pages with opinions, the least clear first."""

    page_title = "Chiarezza delle pagine"
    header_icon = "openquote"
    index_url_name = "feedback_report"
    index_results_url_name = "feedback_report_results"
    permission_policy = page_permission_policy
    any_permission_required = EDITORS
    default_ordering = "average"
    columns = [
        TitleColumn(
            "title",
            label="Pagina",
            get_url=lambda page: reverse("feedback_of_page", args=[page.pk]),
        ),
        Column("average_text", label="Media (da 1 a 5)"),
        Column("opinions", label="Opinioni"),
        Column("unclear", label="Poco o per niente chiara"),
        DateColumn("last_opinion", label="Ultima opinione"),
    ]
    list_export = ["title", "average_text", "opinions", "unclear", "last_opinion"]
    export_headings = {
        "title": "Pagina",
        "average_text": "Media",
        "opinions": "Opinioni",
        "unclear": "Poco o per niente chiara",
        "last_opinion": "Ultima opinione",
    }

    def get_queryset(self) -> Any:
        return (
            pages_of(self.request.user)
            .filter(feedback__isnull=False)
            .annotate(
                average=Avg("feedback__rating"),
                opinions=Count("feedback", distinct=True),
                unclear=Count("feedback", filter=Q(feedback__rating__lte=UNCLEAR), distinct=True),
                last_opinion=Max("feedback__created_at"),
            )
            .order_by("average", "-opinions", "pk")
        )

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for page in object_list:
            page.average_text = f"{page.average:.1f}".replace(".", ",")
        return object_list


class FeedbackOfPageView(ReportView):
    """What the readers said of one page, the newest first."""

    header_icon = "openquote"
    permission_policy = page_permission_policy
    any_permission_required = EDITORS
    default_ordering = "-created_at"
    columns = [
        Column("rating", label="Voto"),
        Column("get_reason_display", label="Motivo"),
        Column("text", label="Commento"),
        DateColumn("created_at", label="Data"),
    ]
    list_export = ["rating", "get_reason_display", "text", "created_at"]
    export_headings = {
        "rating": "Voto",
        "get_reason_display": "Motivo",
        "text": "Commento",
        "created_at": "Data",
    }

    @cached_property
    def about(self) -> Page:
        """The page; raises Http404 to who does not work on it."""
        found: Page = get_object_or_404(pages_of(self.request.user), pk=self.kwargs["pk"])
        return found

    def get_page_title(self) -> str:
        return f"Opinioni su «{self.about.title}»"

    def get_index_url(self) -> str:
        return reverse("feedback_of_page", args=[self.about.pk])

    def get_index_results_url(self) -> str:
        return reverse("feedback_of_page_results", args=[self.about.pk])

    def get_queryset(self) -> Any:
        return PageFeedback.objects.filter(page=self.about).order_by("-created_at", "-pk")
