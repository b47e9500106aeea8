from __future__ import annotations

from django.db import models

from portal.core.norms import act_url
from portal.library.models.version import DocumentVersion


class NormCitation(models.Model):
    """A norm that a page cites, written when the text of a version is stored."""

    version = models.ForeignKey(
        DocumentVersion, on_delete=models.CASCADE, related_name="norm_citations"
    )
    page = models.PositiveIntegerField("pagina")
    act = models.CharField("URN dell'atto", max_length=200)
    label = models.CharField("forma breve", max_length=120)

    class Meta:
        verbose_name = "norma citata"
        verbose_name_plural = "norme citate"
        ordering = ["page", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "act", "page"], name="unique_norm_on_page")
        ]
        indexes = [models.Index(fields=["act", "version"])]

    def __str__(self) -> str:
        return f"{self.label}, pagina {self.page}"

    @property
    def url(self) -> str:
        """Where the act is read."""
        return act_url(self.act)
