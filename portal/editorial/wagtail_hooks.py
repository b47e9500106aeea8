"""Where the editors find the readers' opinions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from portal.editorial.reports import EDITORS, FeedbackOfPageView, FeedbackReportView


class FeedbackMenuItem(MenuItem):
    """The report's place in the menu, for who works on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, EDITORS))


@hooks.register("register_reports_menu_item")
def feedback_menu_item() -> MenuItem:
    """Put the opinions among the reports."""
    return FeedbackMenuItem(
        "Chiarezza delle pagine",
        reverse("feedback_report"),
        name="feedback",
        icon_name="openquote",
        order=650,
    )


@hooks.register("register_admin_urls")
def feedback_urls() -> list[Any]:
    """Mount the reports, each with the part that its filters load."""
    rows = {"results_only": True}
    return [
        path("reports/chiarezza/", FeedbackReportView.as_view(), name="feedback_report"),
        path(
            "reports/chiarezza/results/",
            FeedbackReportView.as_view(**rows),
            name="feedback_report_results",
        ),
        path("reports/chiarezza/<int:pk>/", FeedbackOfPageView.as_view(), name="feedback_of_page"),
        path(
            "reports/chiarezza/<int:pk>/results/",
            FeedbackOfPageView.as_view(**rows),
            name="feedback_of_page_results",
        ),
    ]
