"""Where files that are not for everybody are kept."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.files.storage import Storage, storages


def bucket_or(local: Callable[[], Storage]) -> Storage:
    """Return the configured bucket, or what ``local`` makes on this machine's disk."""
    if settings.STORAGES["default"]["BACKEND"].endswith("FileSystemStorage"):
        return local()
    return storages["default"]
