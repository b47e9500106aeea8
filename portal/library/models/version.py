from __future__ import annotations

from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.db.models.fields.files import FieldFile

from portal.library.models.document import Document
from portal.library.storage import private_storage


class VersionState(models.TextChoices):
    """Where the reading of a file stands."""

    QUEUED = "queued", "in coda"
    EXTRACTING = "extracting", "in lettura"
    READY = "ready", "pronto"
    FAILED = "failed", "non leggibile"


class DocumentVersion(models.Model):
    """One file of a document, kept byte for byte, and what was read from it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("versione")
    file = models.FileField("file", upload_to="%Y/%m", storage=private_storage, max_length=300)
    filename = models.CharField("nome del file", max_length=255)
    sha256 = models.CharField("impronta SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("dimensione in byte")
    mime = models.CharField("tipo MIME", max_length=120)
    format = models.CharField("formato", max_length=10)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="caricato da",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.CharField("nota", max_length=300, blank=True)
    state = models.CharField(
        "stato", max_length=12, choices=VersionState.choices, default=VersionState.QUEUED
    )
    failure_code = models.CharField("codice dell'errore", max_length=30, blank=True)
    attempts = models.PositiveSmallIntegerField("tentativi", default=0)
    page_count = models.PositiveIntegerField("pagine", default=0)
    truncated = models.BooleanField("testo ridotto", default=False)
    created_at = models.DateTimeField("caricato il", auto_now_add=True)
    is_signed = models.BooleanField("firmato", default=False)
    inner_file = models.FileField(
        "file firmato, fuori dalla busta",
        upload_to="%Y/%m",
        storage=private_storage,
        max_length=300,
        blank=True,
    )
    inner_filename = models.CharField("nome del file nella busta", max_length=255, blank=True)
    inner_sha256 = models.CharField("impronta del file nella busta", max_length=64, blank=True)
    inner_size = models.PositiveBigIntegerField("byte del file nella busta", default=0)
    inner_mime = models.CharField("tipo MIME del file nella busta", max_length=120, blank=True)
    drawn_file = models.FileField(
        "PDF per le immagini",
        upload_to="%Y/%m",
        storage=private_storage,
        max_length=300,
        blank=True,
        help_text="Fatto da un formato che non si disegna da solo.",
    )
    recognition_at = models.DateTimeField(
        "riconoscimento in corso dal", null=True, blank=True, editable=False
    )
    started_at = models.DateTimeField("lettura iniziata il", null=True, blank=True)
    restored_at = models.DateTimeField("ripristinata il", null=True, blank=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ripristinata da",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    extracted_at = models.DateTimeField("letto il", null=True, blank=True)

    class Meta:
        verbose_name = "versione"
        verbose_name_plural = "versioni"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="unique_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.document} (versione {self.number})"

    @property
    def envelope(self) -> str:
        """The kind of envelope that the inner file was in, by the name that it has."""
        ending = PurePosixPath(self.filename).suffix[1:].upper()
        return ending if ending in ("TSD", "M7M") else "P7M"

    @property
    def readable_file(self) -> FieldFile:
        """The file whose text is read: the one in the signed envelope, where there is one."""
        file: FieldFile = self.inner_file or self.file
        return file
