from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.library.models.document import Document, DocumentKind


class UploadBatch(models.Model):
    """Several files that one person is bringing in together, and what they have in common."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="di",
        on_delete=models.CASCADE,
        related_name="upload_batches",
    )
    audience = models.CharField("chi li può leggere", max_length=40)
    kind = models.CharField(
        "tipo di documento", max_length=12, choices=DocumentKind.choices, blank=True
    )
    networks = models.ManyToManyField("organisations.Network", verbose_name="reti", blank=True)
    year = models.PositiveSmallIntegerField("anno", null=True, blank=True)
    created_at = models.DateTimeField("iniziato il", auto_now_add=True)
    touched_at = models.DateTimeField("ultima attività", auto_now=True, db_index=True)

    class Meta:
        verbose_name = "caricamento di più file"
        verbose_name_plural = "caricamenti di più file"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.created_at:%Y-%m-%d}"

    @property
    def folder(self) -> Path:
        """Where the files wait until they are published."""
        return Path(settings.DATA_DIR) / "uploads" / str(self.pk)


class ItemState(models.TextChoices):
    """Where a file of a batch stands."""

    RECEIVING = "receiving", "in arrivo"
    READING = "reading", "in lettura"
    READY = "ready", "da confermare"
    REFUSED = "refused", "rifiutato"
    PUBLISHED = "published", "in biblioteca"


class UploadItem(models.Model):
    """One file of a batch: it arrives in chunks, its metadata are proposed, then confirmed."""

    batch = models.ForeignKey(UploadBatch, on_delete=models.CASCADE, related_name="items")
    filename = models.CharField("nome del file", max_length=255)
    size = models.PositiveBigIntegerField("dimensione in byte")
    modified = models.BigIntegerField("modificato il (ms)", default=0)
    received = models.PositiveBigIntegerField("byte arrivati", default=0)
    sha256 = models.CharField("impronta SHA-256", max_length=64, blank=True)
    state = models.CharField(
        "stato", max_length=10, choices=ItemState.choices, default=ItemState.RECEIVING
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

    class Meta:
        verbose_name = "file di un caricamento"
        verbose_name_plural = "file di un caricamento"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="received_in_size")
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def path(self) -> Path:
        """The file as it arrives; its name owes nothing to what the person typed."""
        return self.batch.folder / f"{self.pk}.part"
