from __future__ import annotations

from django.db import models

from portal.library.models.version import DocumentVersion


class DocumentPage(models.Model):
    """The text of one page, sheet, slide or section of a version."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField("numero")
    label = models.CharField("etichetta", max_length=120)
    text = models.TextField("testo", blank=True)
    structure = models.JSONField("struttura", null=True, blank=True)
    ocr = models.BooleanField("letto da scansione", default=False)

    class Meta:
        verbose_name = "pagina"
        verbose_name_plural = "pagine"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="unique_page_number")
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.label}"
