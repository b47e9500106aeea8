"""Typed readers of the environment: the only place where it is read, and they fail loudly."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
# How long a database server may take to accept a connection.
CONNECT_SECONDS = 10


def text(name: str, default: str = "") -> str:
    """Return a variable as stripped text, or the default when it is not set."""
    return os.environ.get(name, default).strip()


def boolean(name: str, default: bool = False) -> bool:
    """Return a variable as a boolean; anything but 1/true/yes/on and their opposites is refused."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def integer(name: str, default: int, minimum: int = 0) -> int:
    """Return a variable as a whole number not below the minimum."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if number < minimum:
        raise ImproperlyConfigured(f"{name} must be at least {minimum}, not {number}.")
    return number


def items(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty items."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def path(name: str, default: Path) -> Path:
    """Return a variable as an absolute path."""
    value = text(name)
    return Path(value).expanduser().resolve() if value else default


def database(url: str, sqlite_path: Path, keep: bool = True) -> dict[str, object]:
    """Return Django's DATABASES entry for a URL, or SQLite at the given path when it is empty.

    Accepts ``postgresql://user:password@host:port/name?sslmode=require`` and ``sqlite:///path``.
    With ``keep`` connections are used again by later requests.
    """
    if not url:
        return sqlite(sqlite_path, keep)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)), keep)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL must begin with postgresql:// or sqlite://, not {parts.scheme}://."
        )
    options: dict[str, object] = {
        "connect_timeout": CONNECT_SECONDS,
        **dict(parse_qsl(parts.query)),
    }
    if keep:
        options["pool"] = {"min_size": 1, "max_size": integer("DATABASE_POOL_SIZE", 10, 1)}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def sqlite(file: Path, keep: bool) -> dict[str, object]:
    """Return the DATABASES entry of the embedded database, safe with several writers."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        # Opening it means reading two hundred tables' definitions again.
        "CONN_MAX_AGE": 60 if keep else 0,
        "OPTIONS": {
            "timeout": 30,  # seconds; waiting writers are served in no order
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            ),
        },
    }
