"""Settings of the suite: as in development, the second factor demanded and fast hashing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.base import BASE_DIR, ELASTICSEARCH

ENVIRONMENT = "test"
SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["*"]
STYLEGUIDE = True
_folder = tempfile.TemporaryDirectory(prefix="portal-tests-")
DATA_DIR = Path(_folder.name)
MEDIA_ROOT = DATA_DIR / "media"
SEARCH_INDEX_DIR = DATA_DIR / "index"
# Each process of the suite has its own indices, deleted at its end.
ELASTICSEARCH["prefix"] = f"test-{os.getpid()}"
ELASTICSEARCH["timeout"] = 30
STATIC_ROOT = BASE_DIR / "portal" / "static"
STATICFILES_DIRS = []
WHITENOISE_USE_FINDERS = True
# Files are looked up when asked for: otherwise every test client would list them all.
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
ACCOUNT_RATE_LIMITS = False
