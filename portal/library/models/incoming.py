from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.library.models.document import Document


class IncomingState(models.TextChoices):
    """Where a file that somebody is bringing in stands."""

    RECEIVING = "receiving", "in arrivo"
    READING = "reading", "in lettura"
    READY = "ready", "da confermare"
    REFUSED = "refused", "rifiutato"
    PUBLISHED = "published", "in biblioteca"


class IncomingFile(models.Model):
    """One of many files that a person brings in together.

    Its bytes arrive in chunks, what it says of itself is proposed, and a document is made of it
    when the person has confirmed.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="di",
        on_delete=models.CASCADE,
        related_name="incoming_files",
    )
    filename = models.CharField("nome del file", max_length=255)
    size = models.PositiveBigIntegerField("dimensione in byte")
    modified = models.BigIntegerField("modificato il (ms)", default=0)
    received = models.PositiveBigIntegerField("byte arrivati", default=0)
    sha256 = models.CharField("impronta SHA-256", max_length=64, blank=True)
    format = models.CharField("formato", max_length=10, blank=True)
    state = models.CharField(
        "stato", max_length=10, choices=IncomingState.choices, default=IncomingState.RECEIVING
    )
    error = models.CharField("motivo", max_length=300, blank=True)
    existing = models.ForeignKey(
        Document,
        verbose_name="già in biblioteca come",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    proposal = models.JSONField("dati proposti", default=dict, blank=True)
    document = models.ForeignKey(
        Document,
        verbose_name="documento",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    touched_at = models.DateTimeField("ultima attività", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "file in arrivo"
        verbose_name_plural = "file in arrivo"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="received_in_size")
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def path(self) -> Path:
        """The file as it arrives; its name owes nothing to what the person typed."""
        return Path(settings.DATA_DIR) / "uploads" / f"{self.pk}.part"
