"""What a person has to do with the training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from learning.models import Certificate, CourseEdition, Enrolment
from learning.roles import is_auditor, is_manager

if TYPE_CHECKING:
    from portal.accounts.models import User


def enrolments_of(user: User) -> list[Enrolment]:
    """Return a person's enrolments, the next edition first, each with its valid certificate."""
    found = list(
        Enrolment.objects.active()
        .filter(user=user)
        .select_related("edition__course__page")
        .order_by("-edition__starts_on", "-pk")
    )
    certificates = {
        one.enrolment_id: one
        for one in Certificate.objects.filter(enrolment__in=found, revoked_at__isnull=True)
    }
    for enrolment in found:
        enrolment.certificate = certificates.get(enrolment.pk)  # type: ignore[attr-defined]
    return found


def editions_run_by(user: User) -> list[CourseEdition]:
    """Return the editions whose register somebody sees, the newest first."""
    editions = CourseEdition.objects.select_related("course").order_by("-starts_on", "-pk")
    if is_manager(user) or is_auditor(user):
        return list(editions[:50])
    return list(editions.filter(Q(trainers=user))[:50])
