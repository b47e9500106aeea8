from __future__ import annotations

from django.conf import settings
from django.db import models

from portal.library.models.document import Document
from portal.library.models.version import DocumentVersion


class MemberState(models.TextChoices):
    """What became of a file inside a mail or an archive."""

    OFFERED = "offered", "non conservato"
    ASKED = "asked", "in arrivo"
    KEPT = "kept", "in biblioteca"
    REFUSED = "refused", "non accettato"


class FileMember(models.Model):
    """A file inside a version that holds others: an attachment, an entry of an archive."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField("posizione")
    name = models.CharField("nome", max_length=255)
    size = models.PositiveBigIntegerField("dimensione in byte", default=0)
    state = models.CharField(
        "stato", max_length=8, choices=MemberState.choices, default=MemberState.OFFERED
    )
    reason = models.CharField("motivo", max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="chiesto da",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField("chiesto il", null=True, blank=True)
    document = models.ForeignKey(
        Document,
        verbose_name="documento che ne è nato",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "file contenuto"
        verbose_name_plural = "file contenuti"
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="unique_member_position")
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.name}"
