from __future__ import annotations

from django.db import models

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
