"""Where the library keeps its files: never below what the web server publishes."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db.models import Q
from django.utils.deconstruct import deconstructible

from portal.core.storage import bucket_or


@deconstructible(path="portal.library.storage.LibraryStorage")
class LibraryStorage(FileSystemStorage):
    """Private files on this machine; the file of a version that exists is never deleted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("location", settings.DATA_DIR / "documents")
        super().__init__(*args, **kwargs)

    def delete(self, name: str) -> None:
        versions = apps.get_model("library", "DocumentVersion")
        kept = Q(file=name) | Q(inner_file=name) | Q(drawn_file=name)
        if not versions.objects.filter(kept).exists():
            super().delete(name)


def private_storage() -> Storage:
    """Return the storage of the library: this machine's disk, or the configured bucket."""
    return bucket_or(LibraryStorage)
