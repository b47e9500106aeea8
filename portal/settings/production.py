"""Settings of a real installation: docs/operations.md lists them, checks refuse the unsafe."""

from __future__ import annotations

from portal.settings import env
from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASES, STORAGES

ENVIRONMENT = "production"
DEBUG = False
# An empty key stops Django before its checks can say so in words: portal.E001 refuses this one.
SECRET_KEY = env.text("SECRET_KEY") or "missing"
STYLEGUIDE = False
DATABASE_URL_GIVEN = bool(env.text("DATABASE_URL"))
SECURE_SSL_REDIRECT = env.boolean("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.integer("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessione"
CSRF_COOKIE_NAME = "__Host-csrf"
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
if env.text("S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.text("S3_BUCKET"),
            "endpoint_url": env.text("S3_ENDPOINT_URL") or None,
            "default_acl": "private",
            "querystring_auth": True,
        },
    }
DATABASES["default"]["CONN_MAX_AGE"] = 0
