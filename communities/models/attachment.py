from __future__ import annotations

from django.db import models
from django.db.models import Q


class Attachment(models.Model):
    """A document of the library that hangs on a post, or on a draft until it is published."""

    document = models.OneToOneField(
        "library.Document", on_delete=models.CASCADE, related_name="attachment"
    )
    post = models.ForeignKey(
        "communities.Post", on_delete=models.PROTECT, null=True, related_name="attachments"
    )
    draft = models.ForeignKey(
        "communities.Draft", on_delete=models.SET_NULL, null=True, related_name="attachments"
    )

    class Meta:
        verbose_name = "allegato"
        verbose_name_plural = "allegati"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=True) | Q(draft__isnull=True),
                name="attached_to_one_thing",
            )
        ]
