"""Who was at a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from learning.models import AttendanceInterval, CourseSession, Enrolment

if TYPE_CHECKING:
    from portal.accounts.models import User


@transaction.atomic
def mark_attendance(
    actor: User, session: CourseSession, present: Iterable[int], reason: str = ""
) -> int:
    """Say who of the seated was at a meeting, all of it; return how many rows changed.

    What was said before and holds no more stays in the register with who corrected it and why.
    """
    CourseSession.objects.select_for_update().get(pk=session.pk)
    chosen = set(present)
    seated = set(
        Enrolment.objects.seated().filter(edition=session.edition_id).values_list("pk", flat=True)
    )
    current = AttendanceInterval.objects.filter(session=session, replaced_at__isnull=True)
    before = set(current.values_list("enrolment_id", flat=True))
    removed = current.filter(enrolment__in=(before & seated) - chosen).update(
        replaced_at=timezone.now(), replaced_by=actor, reason=reason
    )
    added = AttendanceInterval.objects.bulk_create(
        AttendanceInterval(
            session=session,
            enrolment_id=pk,
            start=session.start,
            end=session.end,
            recorded_by=actor,
        )
        for pk in sorted((chosen & seated) - before)
    )
    return removed + len(added)
