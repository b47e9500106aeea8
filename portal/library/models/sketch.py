from __future__ import annotations

from django.conf import settings
from django.db import models

from portal.library.models.document import Document
from portal.library.models.version import DocumentVersion


class TextSketch(models.Model):
    """The MinHash sketch of the text of a version: what near duplicates have in common."""

    version = models.OneToOneField(
        DocumentVersion, primary_key=True, on_delete=models.CASCADE, related_name="sketch"
    )
    values = models.BinaryField("valori")

    class Meta:
        verbose_name = "impronta del testo"
        verbose_name_plural = "impronte dei testi"

    def __str__(self) -> str:
        return str(self.version_id)


class SketchBand(models.Model):
    """One band of a sketch: two versions that share one are candidates (LSH)."""

    version = models.ForeignKey(
        DocumentVersion, on_delete=models.CASCADE, related_name="sketch_bands"
    )
    value = models.BigIntegerField("valore", db_index=True)

    class Meta:
        verbose_name = "banda di un'impronta"
        verbose_name_plural = "bande delle impronte"

    def __str__(self) -> str:
        return f"{self.version_id}: {self.value}"


class SetAside(models.Model):
    """Who cares for a document said that another, nearly the same, is no reason to worry."""

    document = models.ForeignKey(
        Document, verbose_name="documento", on_delete=models.CASCADE, related_name="set_aside"
    )
    other = models.ForeignKey(
        Document, verbose_name="documento simile", on_delete=models.CASCADE, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="da chi",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField("quando", auto_now_add=True)

    class Meta:
        verbose_name = "somiglianza messa da parte"
        verbose_name_plural = "somiglianze messe da parte"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["document", "other"], name="set_aside_once"),
            models.CheckConstraint(
                condition=~models.Q(document=models.F("other")), name="set_aside_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.other_id}"
