from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class AttendanceSource(models.TextChoices):
    """How a presence came to be known."""

    MANUAL = "manuale", "segnata dal docente"


class AttendanceInterval(models.Model):
    """From when to when somebody was at a meeting; a correction is a new row, not a change."""

    session = models.ForeignKey(
        "learning.CourseSession", on_delete=models.PROTECT, related_name="intervals"
    )
    enrolment = models.ForeignKey(
        "learning.Enrolment", on_delete=models.PROTECT, related_name="intervals"
    )
    start = models.DateTimeField("da")
    end = models.DateTimeField("a")
    source = models.CharField(
        max_length=10, choices=AttendanceSource.choices, default=AttendanceSource.MANUAL
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    replaced_at = models.DateTimeField(null=True)
    reason = models.CharField("motivo della correzione", max_length=300, blank=True)

    class Meta:
        verbose_name = "presenza"
        verbose_name_plural = "presenze"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment", "start"],
                condition=Q(replaced_at__isnull=True),
                name="one_current_interval_from_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="interval_ends_after_it_starts"
            ),
        ]

    @property
    def minutes(self) -> int:
        """How long it lasted."""
        return int((self.end - self.start).total_seconds() // 60)
