"""Settings shared by every environment."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from portal.settings import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = env.path("PORTAL_DATA_DIR", BASE_DIR / "var")

ENVIRONMENT = "base"
DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")
PORTAL_BASE_URL = env.text("PORTAL_BASE_URL", "http://localhost:8000")

# Applications -----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "portal.core",
    "portal.accounts",
    "portal.organisations",
    "portal.library",
    "portal.networks",
    "portal.news",
    "portal.observatory",
    "portal.surveys",
    "portal.editorial",
    "portal.home",
    "search",
    "communities",
    "learning",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "django_htmx",
    "django_q",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "portal.core.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.core.middleware.PrivateResponseMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.core.middleware.HostileRequestMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.SessionActivityMiddleware",
    "portal.accounts.middleware.SecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "portal" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.core.context_processors.portal",
            ],
        },
    },
]

# Data -------------------------------------------------------------------------------------------
# The worker forks its processes, which would share connections made before. `run` only prepares:
# without a pool it is told at once that a server does not answer.
KEEPS = not {"qcluster", "run"}.intersection(sys.argv)
DATABASES = {"default": env.database(env.text("DATABASE_URL"), DATA_DIR / "db.sqlite3", keep=KEEPS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
WAGTAILIMAGES_IMAGE_MODEL = "core.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "library.Document"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
if env.text("REDIS_URL"):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.text("REDIS_URL"),
    }

Q_CLUSTER = {
    "name": "portal",
    "orm": "default",
    "workers": env.integer("WORKER_PROCESSES", 2, 1),
    "timeout": 900,
    "retry": 1000,
    "max_attempts": 5,
    "poll": 0.5,
    "catch_up": False,
    "save_limit": 1000,
    "ack_failures": True,
    "label": "Attività in secondo piano",
}

# Language and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
TIME_ZONE = "Europe/Rome"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.core.formats"]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]

# Files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
WHITENOISE_USE_FINDERS = False

# Limits of the library: bytes, pages, unpacked bytes for each packed byte.
LIBRARY_MAX_FILE_SIZE = env.integer("LIBRARY_MAX_FILE_SIZE", 100 * 1024 * 1024, 1)
LIBRARY_MAX_PAGES = env.integer("LIBRARY_MAX_PAGES", 3000, 1)
LIBRARY_MAX_UNPACKED_RATIO = env.integer("LIBRARY_MAX_UNPACKED_RATIO", 100, 1)
LIBRARY_MAX_UNPACKED_SIZE = env.integer("LIBRARY_MAX_UNPACKED_SIZE", 500 * 1024 * 1024, 1)
LIBRARY_EXTRACTION_MEMORY = env.integer("LIBRARY_EXTRACTION_MEMORY", 512 * 1024 * 1024, 1)
LIBRARY_EXTRACTION_SECONDS = env.integer("LIBRARY_EXTRACTION_SECONDS", 120, 1)
LIBRARY_RECOGNITION_SECONDS = env.integer("LIBRARY_RECOGNITION_SECONDS", 60, 1)
LIBRARY_CONVERSION_MEMORY = env.integer("LIBRARY_CONVERSION_MEMORY", 2 * 1024 * 1024 * 1024, 1)
# Programs of the system that read more when they are there: names or paths.
LIBRARY_TESSERACT = env.text("LIBRARY_TESSERACT", "tesseract")
LIBRARY_OFFICE = env.text("LIBRARY_OFFICE", "soffice")
LIBRARY_ACCEL_REDIRECT = env.text("LIBRARY_ACCEL_REDIRECT")

SEARCH_INDEX_DIR = env.path("SEARCH_INDEX_DIR", DATA_DIR / "index")
# With an address the index is on Elasticsearch, otherwise in the folder above.
ELASTICSEARCH = {
    "url": env.text("ELASTICSEARCH_URL"),
    "api_key": env.text("ELASTICSEARCH_API_KEY"),
    "user": env.text("ELASTICSEARCH_USER"),
    "password": env.text("ELASTICSEARCH_PASSWORD"),
    "ca_file": env.text("ELASTICSEARCH_CA_FILE"),
    "prefix": env.text("ELASTICSEARCH_PREFIX", "province-comuni"),
    "shards": env.integer("ELASTICSEARCH_SHARDS", 1, 1),
    "replicas": env.integer("ELASTICSEARCH_REPLICAS", 0),
    "timeout": env.integer("ELASTICSEARCH_TIMEOUT", 3, 1),
}

# Sign-in ----------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/account/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Opinions on pages and exports of results share the counters of allauth; its own limits stay.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "page_feedback": "20/h/ip",
    "search_export": "60/h/ip",
}
ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "portal.organisations.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Province & Comuni"
MFA_ADAPTER = "portal.accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "portal.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "portal.accounts.forms.EditPasskeyForm",
}
USERSESSIONS_TRACK_ACTIVITY = True
SOCIALACCOUNT_ONLY = False
SECOND_FACTOR_REQUIRED = env.boolean("SECOND_FACTOR_REQUIRED", True)
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.core.views.csrf_failure"

# Wagtail ----------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Province & Comuni"
WAGTAILADMIN_BASE_URL = PORTAL_BASE_URL
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PRIVATE_PAGES = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("it", "Italiano")]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
WAGTAIL_MODERATION_ENABLED = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.core.list_search"}}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.library.forms.DocumentAdminForm"
TAGGIT_CASE_INSENSITIVE = True
WAGTAIL_TAG_SPACES_ALLOWED = True

# Mail -------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Province & Comuni <portale@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25, 1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10

# Headers ----------------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
        "interest-cohort",
    )
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        name: {"level": "WARNING"}
        for name in (
            "django.server",
            "django_tasks",
            "django-q",
            "elastic_transport",
            "fontTools",
            "wagtail",
        )
    },
}
