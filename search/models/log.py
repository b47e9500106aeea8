"""What is searched and opened, counted by day: no row says who."""

from __future__ import annotations

from django.db import models


class QueryCount(models.Model):
    """How often a query was made in a day, and how often it found nothing."""

    day = models.DateField("giorno", db_index=True)
    text = models.CharField("parole cercate", max_length=120)
    count = models.PositiveIntegerField("volte", default=0)
    empty = models.PositiveIntegerField("senza risultati", default=0)

    class Meta:
        verbose_name = "ricerca fatta"
        verbose_name_plural = "ricerche fatte"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["day", "text"], name="search_query_counted_by_day")
        ]

    def __str__(self) -> str:
        return self.text


class OpenedCount(models.Model):
    """How often a result was opened after a query in a day."""

    day = models.DateField("giorno", db_index=True)
    text = models.CharField("parole cercate", max_length=120)
    object_id = models.CharField("oggetto", max_length=60)
    count = models.PositiveIntegerField("volte", default=0)

    class Meta:
        verbose_name = "risultato aperto"
        verbose_name_plural = "risultati aperti"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["day", "text", "object_id"], name="search_opened_counted_by_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.object_id}"
