from __future__ import annotations

import secrets

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.core.storage import bucket_or


def certificate_storage() -> Storage:
    """Return where certificates are kept: this machine's disk, or the configured bucket."""
    return bucket_or(lambda: FileSystemStorage(location=settings.DATA_DIR / "certificates"))


def new_code() -> str:
    """Return 128 random bits in 32 hexadecimal digits."""
    return secrets.token_hex(16)


class Certificate(models.Model):
    """What was certified, word for word, and the PDF that says it; it is revoked, never edited."""

    code = models.CharField("codice", max_length=32, unique=True, default=new_code)
    enrolment = models.ForeignKey(
        "learning.Enrolment", on_delete=models.PROTECT, related_name="certificates"
    )
    payload = models.JSONField("contenuto")
    pdf = models.FileField(storage=certificate_storage, upload_to="%Y", max_length=200)
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField("rilasciato il")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField("revocato il", null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    revoke_reason = models.CharField("motivo della revoca", max_length=300, blank=True)

    class Meta:
        verbose_name = "attestato"
        verbose_name_plural = "attestati"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(revoked_at__isnull=True),
                name="one_valid_certificate_per_enrolment",
            )
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("learning:check", args=[self.code])
