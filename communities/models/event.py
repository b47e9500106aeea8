from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class EventKind(models.TextChoices):
    """What happened that somebody may want to hear of."""

    TOPIC = "discussione", "nuova discussione"
    REPLY = "risposta", "nuova risposta"
    ACCEPTED = "accettata", "risposta accettata"
    HIDDEN = "nascosto", "intervento nascosto"
    REQUESTED = "richiesta", "richiesta di adesione"
    ADMITTED = "ammessa", "richiesta accolta"
    REFUSED = "respinta", "richiesta respinta"
    REMOVED = "esclusa", "uscita decisa da chi modera"
    FLAGGED = "segnalato", "intervento segnalato"


class Event(models.Model):
    """Something that happened, written with it; the worker tells it to whom it concerns, once."""

    kind = models.CharField(max_length=12, choices=EventKind.choices)
    space = models.ForeignKey("communities.Space", on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(
        "communities.Topic", on_delete=models.PROTECT, null=True, related_name="events"
    )
    post = models.ForeignKey(
        "communities.Post", on_delete=models.PROTECT, null=True, related_name="events"
    )
    membership = models.ForeignKey(
        "communities.Membership", on_delete=models.PROTECT, null=True, related_name="events"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    fanned_out_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "evento"
        verbose_name_plural = "eventi"
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(fanned_out_at__isnull=True),
                name="events_waiting",
            )
        ]


class Notification(models.Model):
    """An event in somebody's list."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notifications")
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "avviso"
        verbose_name_plural = "avvisi"
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["user"], condition=Q(read_at__isnull=True), name="notifications_unread"
            ),
            models.Index(fields=["user", "-id"], name="notifications_of"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "event"], name="one_notification_per_event")
        ]


class DeliveryState(models.TextChoices):
    """Where a letter stands."""

    QUEUED = "in coda", "in coda"
    SENDING = "in invio", "in invio"
    SENT = "inviata", "inviata"
    SKIPPED = "saltata", "saltata"


class Channel(models.TextChoices):
    """The ways out of the portal."""

    MAIL = "e-mail", "e-mail"


class Delivery(models.Model):
    """An event on its way to somebody by a channel: there is one, so it is told once."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.MAIL)
    state = models.CharField(
        max_length=8, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "invio"
        verbose_name_plural = "invii"
        indexes = [
            models.Index(
                fields=["event"], condition=Q(state=DeliveryState.QUEUED), name="deliveries_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "user", "channel"], name="one_delivery_per_channel"
            )
        ]
