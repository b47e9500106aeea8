"""The register of an edition: who sat, when, how long."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from learning.models import (
    AttendanceInterval,
    Certificate,
    CourseEdition,
    CourseSession,
    Enrolment,
)


@dataclass
class Line:
    """A learner in the register; minutes are whole and never more than a meeting's."""

    enrolment: Enrolment
    minutes: dict[int, int] = field(default_factory=dict)
    certificate: Certificate | None = None
    required: int = 0

    @property
    def total(self) -> int:
        """Minutes attended."""
        return sum(self.minutes.values())

    @property
    def missing(self) -> int:
        """Minutes that are missing for the certificate."""
        return max(self.required - self.total, 0)

    @property
    def complete(self) -> bool:
        """Whether the presence is enough for the certificate."""
        return self.required > 0 and not self.missing


def planned_minutes(sessions: list[CourseSession]) -> int:
    """Return the minutes of all meetings."""
    return sum(session.planned_minutes for session in sessions)


def required_minutes(edition: CourseEdition, sessions: list[CourseSession]) -> int:
    """Return the minutes that the certificate asks for, rounded up (integers only)."""
    return -(-planned_minutes(sessions) * edition.required_percent // 100)


def register_of(
    edition: CourseEdition, enrolment_id: int | None = None
) -> tuple[list[CourseSession], list[Line]]:
    """Return the meetings and a line for each seated learner, in alphabetical order."""
    sessions = list(edition.sessions.all())
    enrolments = Enrolment.objects.seated().filter(edition=edition)
    if enrolment_id is not None:
        enrolments = enrolments.filter(pk=enrolment_id)
    found = list(
        enrolments.select_related("user", "organisation", "edition__course").order_by(
            "user__last_name", "user__first_name", "pk"
        )
    )
    minutes: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    planned = {session.pk: session.planned_minutes for session in sessions}
    intervals = AttendanceInterval.objects.filter(
        session__in=sessions, enrolment__in=found, replaced_at__isnull=True
    )
    for interval in intervals:
        held = minutes[interval.enrolment_id]
        held[interval.session_id] = min(
            held[interval.session_id] + interval.minutes, planned[interval.session_id]
        )
    certificates = {
        certificate.enrolment_id: certificate
        for certificate in Certificate.objects.filter(enrolment__in=found, revoked_at__isnull=True)
    }
    required = required_minutes(edition, sessions)
    return sessions, [
        Line(one, dict(minutes[one.pk]), certificates.get(one.pk), required) for one in found
    ]
