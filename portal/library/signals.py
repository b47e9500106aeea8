"""Files go when their rows have gone."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from portal.library.models import DocumentVersion
from portal.library.pictures import forget_pictures


@receiver(post_delete, sender=DocumentVersion, dispatch_uid="library_version_file")
def delete_version_files(instance: DocumentVersion, **kwargs: Any) -> None:
    """Delete the files and the pictures of a deleted version once the deletion is committed."""
    storage = instance.file.storage
    for file in (instance.file, instance.inner_file, instance.drawn_file):
        if file and file.name:
            transaction.on_commit(partial(storage.delete, file.name))
    transaction.on_commit(partial(forget_pictures, instance))
