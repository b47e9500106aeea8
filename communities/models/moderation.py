from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class ReviewItem(models.Model):
    """Something that waits for who moderates; one is open for each post at the most."""

    space = models.ForeignKey("communities.Space", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(
        "communities.Post", on_delete=models.PROTECT, null=True, related_name="review_items"
    )
    opened_at = models.DateTimeField("aperta il", auto_now_add=True)
    closed_at = models.DateTimeField("chiusa il", null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    hidden = models.BooleanField("l'intervento è stato nascosto", default=False)
    reason = models.CharField("motivo", max_length=300, blank=True)

    class Meta:
        verbose_name = "verifica"
        verbose_name_plural = "verifiche"
        ordering = ["opened_at", "pk"]
        indexes = [
            models.Index(fields=["space"], condition=Q(closed_at__isnull=True), name="reviews_open")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(closed_at__isnull=True),
                name="one_open_review_per_post",
            ),
            models.CheckConstraint(
                condition=Q(post__isnull=False), name="review_is_about_something"
            ),
        ]


class FlagReason(models.TextChoices):
    """Why somebody reports a post."""

    OFFENSIVE = "offensivo", "È offensivo o discriminatorio"
    PERSONAL = "dati", "Contiene dati personali"
    WRONG = "errato", "Dà un'indicazione sbagliata o superata"
    OFF_TOPIC = "fuori", "Non c'entra con la discussione"
    OTHER = "altro", "Altro"


class Flag(models.Model):
    """Somebody's report of a post."""

    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="flags")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=10, choices=FlagReason.choices)
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "segnalazione"
        verbose_name_plural = "segnalazioni"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "reporter"], name="one_flag_per_person")
        ]


class ModerationAction(models.TextChoices):
    """What who moderates did."""

    ADMITTED = "ammessa", "ha accolto l'adesione"
    REFUSED = "respinta", "ha respinto l'adesione"
    REMOVED = "esclusa", "ha fatto uscire"
    APPOINTED = "incarico", "ha cambiato il ruolo"
    HID = "nascosto", "ha nascosto un intervento"
    SHOWED = "mostrato", "ha mostrato di nuovo un intervento"
    DISMISSED = "archiviata", "ha archiviato una segnalazione"
    LOCKED = "chiusa", "ha chiuso una discussione"
    OPENED = "riaperta", "ha riaperto una discussione"
    PINNED = "evidenza", "ha messo in evidenza una discussione"
    UNPINNED = "non evidenza", "ha tolto una discussione dall'evidenza"


class ModerationLog(models.Model):
    """What was decided in a space, by whom and why; rows are only added."""

    space = models.ForeignKey("communities.Space", on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    action = models.CharField("azione", max_length=12, choices=ModerationAction.choices)
    topic = models.ForeignKey(
        "communities.Topic", on_delete=models.PROTECT, null=True, related_name="+"
    )
    post = models.ForeignKey(
        "communities.Post", on_delete=models.PROTECT, null=True, related_name="+"
    )
    membership = models.ForeignKey(
        "communities.Membership", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField("motivo", max_length=300, blank=True)
    at = models.DateTimeField("quando", auto_now_add=True)

    class Meta:
        verbose_name = "decisione"
        verbose_name_plural = "decisioni"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["space", "-id"], name="moderation_of_space")]
