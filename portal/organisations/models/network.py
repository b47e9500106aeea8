from __future__ import annotations

from django.db import models


class Network(models.Model):
    """A thematic network (rete) of officials; its slug is also its colour token."""

    slug = models.SlugField("codice", max_length=20, unique=True)
    name = models.CharField("nome", max_length=60)
    short_name = models.CharField("nome breve", max_length=30)
    pillar = models.CharField("pilastro", max_length=120)
    community_name = models.CharField("nome della community", max_length=60)
    icon = models.CharField("icona", max_length=40)
    order = models.PositiveSmallIntegerField("ordine", default=0)
    lead_province = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="Provincia capofila",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_networks",
        limit_choices_to={"kind": "province"},
    )

    class Meta:
        verbose_name = "rete"
        verbose_name_plural = "reti"
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name
