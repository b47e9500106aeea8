"""System checks with an id: an unsafe production does not start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register("portal")
def production_is_safe(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse production without secrets, hosts or database, or with values known to all."""
    if settings.ENVIRONMENT != "production":
        return []
    problems: list[CheckMessage] = []
    key = settings.SECRET_KEY
    if len(key) < 50 or len(set(key)) < 10 or key.startswith(("only-for", "django-insecure")):
        problems.append(
            Error(
                "SECRET_KEY is missing, short or predictable.",
                hint="Set at least 50 random characters.",
                id="portal.E001",
            )
        )
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        problems.append(Error("ALLOWED_HOSTS must name the hosts of the portal.", id="portal.E002"))
    if not getattr(settings, "DATABASE_URL_GIVEN", False):
        problems.append(
            Error(
                "DATABASE_URL is not set.",
                hint="postgresql://… or, knowingly, sqlite:///path.",
                id="portal.E003",
            )
        )
    if settings.DEBUG:
        problems.append(Error("DEBUG is on in production.", id="portal.E004"))
    if not settings.SECOND_FACTOR_REQUIRED:
        problems.append(Error("SECOND_FACTOR_REQUIRED is off in production.", id="portal.E005"))
    if not settings.PORTAL_BASE_URL.startswith("https://"):
        problems.append(
            Error("PORTAL_BASE_URL must be the public https:// address.", id="portal.E006")
        )
    if "example.org" in settings.DEFAULT_FROM_EMAIL:
        problems.append(Error("DEFAULT_FROM_EMAIL is still the example address.", id="portal.E007"))
    return problems
