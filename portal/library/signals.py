"""Files go when their rows have gone."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from portal.library.models import DocumentVersion
from portal.library.pictures import forget_pictures


@receiver(post_delete, sender=DocumentVersion, dispatch_uid="library_version_file")
def delete_version_file(instance: DocumentVersion, **kwargs: Any) -> None:
    """Delete the file and the pictures of a deleted version once the deletion is committed."""
    storage, name = instance.file.storage, instance.file.name

    def delete() -> None:
        storage.delete(name)
        forget_pictures(instance)

    transaction.on_commit(delete)
