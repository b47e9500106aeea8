"""Seats: the one place where somebody gets one or gives one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from learning.models import CourseEdition, Enrolment, EnrolmentEvent, EnrolmentState
from portal.core.letters import queue_letter

if TYPE_CHECKING:
    from portal.accounts.models import User


@transaction.atomic
def allocate(edition_id: int, actor: User | None = None) -> list[int]:
    """Give the free seats to who has waited longest; return the enrolments that got one.

    The row of the edition is locked where the database can; the conditional update and the
    constraint of the table keep the promise everywhere.
    """
    edition = CourseEdition.objects.select_for_update().get(pk=edition_id)
    waiting = Enrolment.objects.filter(edition=edition, state=EnrolmentState.WAITING)
    promoted = []
    for enrolment in waiting.select_related("user", "edition__course").order_by("pk")[
        : edition.free_seats
    ]:
        if not _take_seat(edition_id):
            break
        changed = Enrolment.objects.filter(pk=enrolment.pk, state=EnrolmentState.WAITING).update(
            state=EnrolmentState.SEATED
        )
        if not changed:
            give_seat_back(edition_id)
            continue
        record(enrolment, EnrolmentState.SEATED, actor)
        tell(enrolment, "seated")
        promoted.append(enrolment.pk)
    return promoted


def _take_seat(edition_id: int) -> bool:
    free = CourseEdition.objects.filter(pk=edition_id, seated__lt=F("seats"))
    return bool(free.update(seated=F("seated") + 1))


def give_seat_back(edition_id: int) -> None:
    """Free one seat; who calls it allocates afterwards."""
    CourseEdition.objects.filter(pk=edition_id, seated__gt=0).update(seated=F("seated") - 1)


def record(enrolment: Enrolment, state: EnrolmentState, actor: User | None) -> None:
    """Write down what happened to an enrolment."""
    EnrolmentEvent.objects.create(enrolment=enrolment, state=state, actor=actor)


def tell(enrolment: Enrolment, what: str) -> None:
    """Queue the letter about an enrolment."""
    queue_letter(f"learning/mail/{what}.txt", {"enrolment": enrolment}, [enrolment.user.email])
