"""What base.html needs on every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.core import access
from portal.core.models import SiteSettings
from portal.core.navigation import navigation_for


def portal(request: HttpRequest) -> dict[str, Any]:
    """Give templates the site's settings, the navigation and what the reader may enter."""
    user = getattr(request, "user", None)
    return {
        "site_settings": SimpleLazyObject(lambda: SiteSettings.for_request(request)),
        "navigation": SimpleLazyObject(lambda: navigation_for(request)),
        "may_manage": SimpleLazyObject(lambda: bool(user and access.is_staff(user))),
        "mfa_notice": not settings.SECOND_FACTOR_REQUIRED and settings.ENVIRONMENT == "development",
        "absolute_url": settings.PORTAL_BASE_URL,
    }
