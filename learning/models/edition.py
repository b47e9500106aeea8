from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from learning.roles import is_auditor, is_manager
from portal.core.pages import visible_pages

if TYPE_CHECKING:
    from learning.models.enrolment import Enrolment
    from learning.roles import Reader


class EditionMode(models.TextChoices):
    """Where the lessons are."""

    ONLINE = "online", "online"
    CLASSROOM = "aula", "in aula"
    MIXED = "mista", "mista"


class EditionState(models.TextChoices):
    """Whether people may know of an edition."""

    DRAFT = "bozza", "bozza"
    PUBLISHED = "pubblicata", "pubblicata"
    CANCELLED = "annullata", "annullata"


class EditionQuerySet(models.QuerySet["CourseEdition"]):
    """Filters with plain names."""

    def visible_to(self, user: Reader) -> EditionQuerySet:
        """Keep what is published under a page that the reader sees, and what she works on."""
        if is_manager(user) or is_auditor(user):
            return self
        from learning.models.course import CoursePage
        from learning.models.enrolment import Enrolment

        courses = visible_pages(user, CoursePage.objects.all()).values("course")
        visible = Q(course__in=courses) & ~Q(state=EditionState.DRAFT)
        if user.is_authenticated:
            visible |= Q(
                pk__in=CourseEdition.trainers.through.objects.filter(user=user.pk).values(
                    "courseedition"
                )
            )
            visible |= Q(pk__in=Enrolment.objects.filter(user=user.pk).values("edition"))
        return self.filter(visible)

    def coming(self) -> EditionQuerySet:
        """Keep the published ones that are not over, the next first."""
        today = timezone.localdate()
        found = self.filter(state=EditionState.PUBLISHED, ends_on__gte=today)
        return found.order_by("starts_on", "pk")


class CourseEdition(models.Model):
    """A run of a course: dates, seats, enrolment window; ``seated`` is kept by allocation only."""

    course = models.ForeignKey(
        "learning.Course", on_delete=models.PROTECT, related_name="editions", verbose_name="corso"
    )
    name = models.CharField("nome", max_length=120, help_text="Per esempio: Primavera 2027.")
    mode = models.CharField(
        "modalità", max_length=8, choices=EditionMode.choices, default=EditionMode.ONLINE
    )
    place = models.CharField("luogo o collegamento", max_length=200, blank=True)
    starts_on = models.DateField("primo giorno")
    ends_on = models.DateField("ultimo giorno")
    enrol_from = models.DateTimeField("iscrizioni dal")
    enrol_until = models.DateTimeField("iscrizioni fino al")
    seats = models.PositiveIntegerField(
        "posti", validators=[MinValueValidator(1), MaxValueValidator(10_000)]
    )
    seated = models.PositiveIntegerField("posti occupati", default=0, editable=False)
    required_percent = models.PositiveSmallIntegerField(
        "presenza richiesta (%)",
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="docenti", blank=True, related_name="taught_editions"
    )
    state = models.CharField(
        "stato", max_length=10, choices=EditionState.choices, default=EditionState.DRAFT
    )

    objects = EditionQuerySet.as_manager()
    mine: Enrolment | None

    class Meta:
        verbose_name = "edizione"
        verbose_name_plural = "edizioni"
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["course", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(seated__lte=F("seats")), name="no_more_seated_than_seats"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="edition_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(enrol_until__gt=F("enrol_from")), name="enrolment_window_is_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} – {self.name}"

    @property
    def is_over(self) -> bool:
        """Whether the last day is past."""
        return self.ends_on < timezone.localdate()

    @property
    def has_begun(self) -> bool:
        """Whether the first day has come."""
        return self.starts_on <= timezone.localdate()

    @property
    def takes_enrolments(self) -> bool:
        """Whether somebody may enrol now, in a seat or on the waiting list."""
        inside = self.enrol_from <= timezone.now() <= self.enrol_until
        return self.state == EditionState.PUBLISHED and inside

    @property
    def free_seats(self) -> int:
        """How many seats nobody has."""
        return max(self.seats - self.seated, 0)

    @property
    def phase(self) -> str:
        """Where the edition stands, in a word for people."""
        if self.state != EditionState.PUBLISHED:
            return self.get_state_display()
        if self.is_over:
            return "conclusa"
        if timezone.now() < self.enrol_from:
            return "in arrivo"
        if timezone.now() > self.enrol_until:
            return "in corso" if self.has_begun else "iscrizioni chiuse"
        return "iscrizioni aperte" if self.free_seats else "completa, con lista d'attesa"


class CourseSession(models.Model):
    """A meeting of an edition."""

    edition = models.ForeignKey(
        CourseEdition, on_delete=models.PROTECT, related_name="sessions", verbose_name="edizione"
    )
    title = models.CharField("argomento", max_length=200)
    start = models.DateTimeField("inizio")
    end = models.DateTimeField("fine")

    class Meta:
        verbose_name = "incontro"
        verbose_name_plural = "incontri"
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="session_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def planned_minutes(self) -> int:
        """How long the meeting is to last."""
        return int((self.end - self.start).total_seconds() // 60)
