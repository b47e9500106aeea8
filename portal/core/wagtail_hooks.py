"""Hooks of Wagtail that hold for every page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page

from portal.core.pages import may_see_page


@hooks.register("before_serve_page")
def refuse_who_may_not_see(
    page: Page, request: HttpRequest, serve_args: list[Any], serve_kwargs: dict[str, Any]
) -> None:
    """Refuse who signed in but is not among those the page is for.

    Wagtail's own check sends an anonymous reader to the sign-in page, and lets in whoever has an
    account; a restricted page of the portal is for its members.
    """
    if request.user.is_authenticated and not may_see_page(request.user, page):
        raise PermissionDenied


@hooks.register("insert_global_admin_css")
def theme() -> SafeString:
    """Give /gestione/ the portal's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("portal/gestione/tema.css"))


@hooks.register("insert_global_admin_js")
def labels() -> SafeString:
    """Name the fields of /gestione/ that Wagtail draws without a label."""
    return format_html('<script src="{}"></script>', static("portal/gestione/etichette.js"))
