"""Settings of `make run`: nothing to configure, every message readable on this machine."""

from __future__ import annotations

from portal.settings import env
from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATA_DIR

ENVIRONMENT = "development"
DEBUG = env.boolean("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY", "only-for-development-" + "x" * 40)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
SECOND_FACTOR_REQUIRED = env.boolean("SECOND_FACTOR_REQUIRED", False)
STYLEGUIDE = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
