from __future__ import annotations

from django.db import models


class HeldOffice(models.Model):
    """The body and the office of who did something, as they were then."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="ente",
    )
    office = models.CharField("ufficio", max_length=150, blank=True)

    class Meta:
        abstract = True
