from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class MembershipRole(models.TextChoices):
    """What somebody is in a space."""

    MEMBER = "componente", "componente"
    MODERATOR = "moderatore", "chi modera"
    OWNER = "responsabile", "responsabile dello spazio"


class MembershipState(models.TextChoices):
    """Where somebody stands with a space."""

    REQUESTED = "richiesta", "ha chiesto di entrare"
    ACTIVE = "attiva", "dentro"
    REFUSED = "respinta", "richiesta respinta"
    LEFT = "uscita", "uscita di sua volontà"
    REMOVED = "esclusa", "fatta uscire da chi modera"


class Level(models.TextChoices):
    """How much somebody wants to hear of a space or of a discussion."""

    MUTED = "muto", "muto: nessun avviso"
    NORMAL = "normale", "normale: le discussioni in cui scrivo o che seguo"
    FOLLOWING = "seguo", "seguo: anche ogni nuova discussione"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Filters with plain names."""

    def active(self) -> MembershipQuerySet:
        """Keep those who are in."""
        return self.filter(state=MembershipState.ACTIVE)

    def requested(self) -> MembershipQuerySet:
        """Keep those who wait for an answer."""
        return self.filter(state=MembershipState.REQUESTED)

    def moderating(self) -> MembershipQuerySet:
        """Keep those who moderate or answer for a space."""
        return self.active().exclude(role=MembershipRole.MEMBER)


class Membership(models.Model):
    """A person and a space: asked, in, out; one row for each pair, whatever happened."""

    space = models.ForeignKey(
        "communities.Space", on_delete=models.PROTECT, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(
        "ruolo", max_length=12, choices=MembershipRole.choices, default=MembershipRole.MEMBER
    )
    state = models.CharField(
        "stato", max_length=10, choices=MembershipState.choices, default=MembershipState.REQUESTED
    )
    level = models.CharField("avvisi", max_length=8, choices=Level.choices, default=Level.NORMAL)
    by_mail = models.BooleanField("avvisi anche per e-mail", default=True)
    # Whatever moved before this moment counts as read, without a row for each discussion.
    read_floor = models.DateTimeField("letto fino al", default=timezone.now)
    message = models.CharField("perché chiede di entrare", max_length=500, blank=True)
    asked_at = models.DateTimeField("chiesto il", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField("deciso il", null=True)
    reason = models.CharField("motivo", max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "adesione"
        verbose_name_plural = "adesioni"
        ordering = ["pk"]
        indexes = [models.Index(fields=["space", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["space", "user"], name="one_membership_per_space"),
            models.CheckConstraint(
                condition=Q(role=MembershipRole.MEMBER) | Q(state=MembershipState.ACTIVE),
                name="only_who_is_in_moderates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.space}"

    @property
    def moderates(self) -> bool:
        """Whether the person moderates or answers for the space."""
        return self.role != MembershipRole.MEMBER
