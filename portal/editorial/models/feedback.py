"""What readers say of the clarity of a page (the component that AgID asks of every site)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from wagtail.models import Page

LOWEST, HIGHEST = 1, 5
UNCLEAR = 2
TEXT_LENGTH = 500


class FeedbackReason(models.TextChoices):
    """Why a page was clear or not."""

    CLEAR = "chiara", "Le indicazioni erano chiare"
    COMPLETE = "completa", "Ho trovato tutto quello che mi serviva"
    UNCLEAR = "poco-chiara", "Le indicazioni non erano chiare"
    INCOMPLETE = "incompleta", "Mancava qualcosa"
    OUTDATED = "superata", "Le informazioni non erano aggiornate"
    BROKEN = "guasta", "Qualcosa non funzionava"


class PageFeedback(models.Model):
    """An opinion on a page; it keeps nothing of who gave it."""

    page = models.ForeignKey(
        Page, verbose_name="pagina", on_delete=models.CASCADE, related_name="feedback"
    )
    rating = models.PositiveSmallIntegerField("chiarezza")
    reason = models.CharField("motivo", max_length=12, choices=FeedbackReason.choices, blank=True)
    text = models.TextField("commento", max_length=TEXT_LENGTH, blank=True)
    created_at = models.DateTimeField("data", auto_now_add=True)

    class Meta:
        verbose_name = "opinione su una pagina"
        verbose_name_plural = "opinioni sulle pagine"
        indexes = [models.Index(fields=["page", "-created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__gte=LOWEST, rating__lte=HIGHEST), name="rating_from_1_to_5"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.rating}"
