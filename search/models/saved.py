"""What a member keeps of her searches: those that she is told about, and the past ones."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Frequency(models.TextChoices):
    """How often somebody is told."""

    IMMEDIATE = "immediate", "subito"
    DAILY = "daily", "una volta al giorno"
    WEEKLY = "weekly", "una volta alla settimana"


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Filters with plain names."""

    def kept(self) -> SavedSearchQuerySet:
        """Leave out what its owner deleted."""
        return self.filter(deleted_at__isnull=True)

    def due(self) -> SavedSearchQuerySet:
        """Keep those whose moment to look has come."""
        return self.kept().filter(paused=False, next_at__lte=timezone.now())


class SavedSearch(models.Model):
    """A search whose new results are told by e-mail to its owner."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="di chi",
        on_delete=models.CASCADE,
        related_name="saved_searches",
    )
    name = models.CharField("nome", max_length=100)
    query_string = models.CharField("ricerca", max_length=3000)
    key = models.CharField("impronta della ricerca", max_length=64)
    frequency = models.CharField(
        "avvisi", max_length=10, choices=Frequency.choices, default=Frequency.DAILY
    )
    paused = models.BooleanField("sospesa", default=False)
    next_at = models.DateTimeField("prossimo controllo", db_index=True)
    seen = models.CharField("stato dell'ultimo controllo", max_length=120, blank=True)
    told_at = models.DateTimeField("ultimo avviso", null=True, blank=True)
    created_at = models.DateTimeField("salvata il", auto_now_add=True)
    deleted_at = models.DateTimeField("eliminata il", null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "ricerca salvata"
        verbose_name_plural = "ricerche salvate"
        ordering = ["name", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                condition=Q(deleted_at__isnull=True),
                name="search_saved_once_for_each_person",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ToldResult(models.Model):
    """An object that a saved search needs not tell any more."""

    saved = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="told")
    object_id = models.CharField("oggetto", max_length=60)
    at = models.DateTimeField("detto il", auto_now_add=True)

    class Meta:
        verbose_name = "risultato già detto"
        verbose_name_plural = "risultati già detti"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["saved", "object_id"], name="search_told_once")
        ]

    def __str__(self) -> str:
        return self.object_id


class PastQuery(models.Model):
    """A query that somebody made, suggested to her and to nobody else."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="past_queries"
    )
    text = models.CharField("parole cercate", max_length=120)
    at = models.DateTimeField("ultima volta", auto_now=True)

    class Meta:
        verbose_name = "ricerca passata"
        verbose_name_plural = "ricerche passate"
        ordering = ["-at"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "text"], name="search_past_query_once")
        ]

    def __str__(self) -> str:
        return self.text
