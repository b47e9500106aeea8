from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.organisations.models import HeldOffice

if TYPE_CHECKING:
    from learning.models.edition import CourseEdition
    from learning.roles import Reader


class EnrolmentState(models.TextChoices):
    """Where an enrolment stands."""

    WAITING = "attesa", "in lista d'attesa"
    SEATED = "iscritta", "posto assegnato"
    WITHDRAWN = "ritirata", "ritirata"


ACTIVE = [EnrolmentState.WAITING, EnrolmentState.SEATED]


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Filters with plain names."""

    def active(self) -> EnrolmentQuerySet:
        """Keep those that wait or sit."""
        return self.filter(state__in=ACTIVE)

    def seated(self) -> EnrolmentQuerySet:
        """Keep those that have a seat."""
        return self.filter(state=EnrolmentState.SEATED)

    def active_of(self, user: Reader, editions: Iterable[CourseEdition]) -> dict[int, Enrolment]:
        """Return a person's active enrolments in some editions, by edition."""
        if not user.is_authenticated:
            return {}
        found = self.active().filter(user=user.pk, edition__in=list(editions))
        return {enrolment.edition_id: enrolment for enrolment in found}


class Enrolment(HeldOffice):
    """A person in an edition, with her body and office as they were then."""

    edition = models.ForeignKey(
        "learning.CourseEdition",
        on_delete=models.PROTECT,
        related_name="enrolments",
        verbose_name="edizione",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="enrolments",
        verbose_name="persona",
    )
    state = models.CharField(
        "stato", max_length=10, choices=EnrolmentState.choices, default=EnrolmentState.WAITING
    )
    created_at = models.DateTimeField("richiesta il", auto_now_add=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "iscrizione"
        verbose_name_plural = "iscrizioni"
        ordering = ["pk"]
        indexes = [models.Index(fields=["edition", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "user"],
                condition=Q(state__in=ACTIVE),
                name="one_active_enrolment_per_edition",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.edition}"


class EnrolmentEvent(models.Model):
    """What happened to an enrolment, never changed afterwards."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=10, choices=EnrolmentState.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "evento di un'iscrizione"
        ordering = ["pk"]
