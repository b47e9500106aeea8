from __future__ import annotations

from django.db import models

from portal.library.models.version import DocumentVersion


class SignatureKind(models.TextChoices):
    """How a signature is joined to its file; a time stamp is no signature of a person."""

    CADES = "cades", "Firma CAdES"
    PADES = "pades", "Firma PAdES"
    COUNTER = "counter", "Controfirma"
    STAMP = "stamp", "Marca temporale"


class DocumentSignature(models.Model):
    """What a signature of a version says of itself; its validity is never verified here."""

    version = models.ForeignKey(
        DocumentVersion, on_delete=models.CASCADE, related_name="signatures"
    )
    position = models.PositiveSmallIntegerField("posizione")
    kind = models.CharField("tipo di firma", max_length=8, choices=SignatureKind.choices)
    level = models.PositiveSmallIntegerField("busta, dalla più esterna", default=1)
    name = models.CharField("firmatario", max_length=255, blank=True)
    organisation = models.CharField("organizzazione", max_length=255, blank=True)
    serial = models.CharField("numero di serie del certificato", max_length=255, blank=True)
    issuer = models.CharField("emesso da", max_length=255, blank=True)
    signed_at = models.DateTimeField("firmato il", null=True, blank=True)
    valid_from = models.DateTimeField("certificato valido dal", null=True, blank=True)
    valid_to = models.DateTimeField("certificato valido fino al", null=True, blank=True)

    class Meta:
        verbose_name = "firma"
        verbose_name_plural = "firme"
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="unique_signature_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.name or self.serial}"
