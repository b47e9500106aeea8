from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class AffiliationState(models.TextChoices):
    """Where the verification of an affiliation stands."""

    PENDING = "pending", "in attesa"
    ACTIVE = "active", "verificata"
    REFUSED = "refused", "rifiutata"
    ENDED = "ended", "conclusa"


class AffiliationRole(models.TextChoices):
    """What a person is for her body in the project."""

    MEMBER = "member", "componente"
    REFERENTE = "referente", "referente provinciale"


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    """Filters with plain names."""

    def active(self) -> AffiliationQuerySet:
        """Keep the verified ones that hold today."""
        today = timezone.localdate()
        return self.filter(state=AffiliationState.ACTIVE).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=today)
        )

    def open(self) -> AffiliationQuerySet:
        """Keep those that wait or hold."""
        return self.filter(state__in=[AffiliationState.PENDING, AffiliationState.ACTIVE])

    def pending(self) -> AffiliationQuerySet:
        """Keep those that wait for somebody's decision."""
        return self.filter(state=AffiliationState.PENDING)


class Affiliation(models.Model):
    """A person in an office of a body, from a day to another, and who verified it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="affiliations",
        verbose_name="persona",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="affiliations",
        verbose_name="ente",
    )
    office = models.CharField("ufficio", max_length=150)
    job_title = models.CharField("qualifica", max_length=150, blank=True)
    role = models.CharField(
        "ruolo", max_length=12, choices=AffiliationRole.choices, default=AffiliationRole.MEMBER
    )
    state = models.CharField(
        "stato", max_length=10, choices=AffiliationState.choices, default=AffiliationState.PENDING
    )
    proposed = models.BooleanField("indirizzo del dominio dell'ente", default=False)
    valid_from = models.DateField("dal", default=timezone.localdate)
    valid_to = models.DateField("al", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="decisa da",
    )
    decided_at = models.DateTimeField("decisa il", null=True, blank=True)
    reason = models.TextField("motivo", blank=True)
    created_at = models.DateTimeField("richiesta il", auto_now_add=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = "affiliazione"
        verbose_name_plural = "affiliazioni"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(state__in=["pending", "active"]),
                name="one_open_affiliation_per_body",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="affiliation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.office}, {self.organisation}"

    @property
    def is_current(self) -> bool:
        """Whether it is verified and holds today."""
        today = timezone.localdate()
        return self.state == AffiliationState.ACTIVE and (
            self.valid_to is None or self.valid_to >= today
        )
