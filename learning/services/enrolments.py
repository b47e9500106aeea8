"""Enrolling in an edition and leaving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from learning.models import CourseEdition, Enrolment, EnrolmentState
from learning.services.allocation import allocate, give_seat_back, record, tell
from portal.core import access
from portal.organisations.tokens import held_office

if TYPE_CHECKING:
    from portal.accounts.models import User


class EnrolmentError(Exception):
    """What the person is told, in Italian."""


def enrol(user: User, edition: CourseEdition) -> Enrolment:
    """Enrol a verified person: a seat if one is free, the waiting list otherwise.

    A second request returns the first one's enrolment. Raises PermissionDenied to who has no
    verified body, EnrolmentError outside the window.
    """
    if access.MEMBERS not in access.audience_tokens(user):
        raise PermissionDenied
    if not edition.takes_enrolments:
        raise EnrolmentError("Le iscrizioni a questa edizione non sono aperte.")
    try:
        with transaction.atomic():
            enrolment = ask_for_seat(user, edition)
            if enrolment.state == EnrolmentState.WAITING:
                tell(enrolment, "waiting")
    except IntegrityError:
        found = Enrolment.objects.active().filter(edition=edition, user=user).first()
        if found is None:
            raise
        return found
    return enrolment


def ask_for_seat(user: User, edition: CourseEdition) -> Enrolment:
    """Put a person on the waiting list with her body of today, and give out what seats are free.

    Raises IntegrityError to who is enrolled already.
    """
    enrolment = Enrolment.objects.create(edition=edition, user=user, **held_office(user))
    record(enrolment, EnrolmentState.WAITING, user)
    allocate(edition.pk, user)
    enrolment.refresh_from_db(fields=["state"])
    return enrolment


@transaction.atomic
def withdraw(user: User, enrolment: Enrolment) -> bool:
    """Leave an edition before it begins; the seat goes to who waits. Tell whether it held.

    Raises PermissionDenied to anybody else, EnrolmentError once the edition has begun.
    """
    if enrolment.user_id != user.pk:
        raise PermissionDenied
    if enrolment.edition.has_begun and enrolment.state == EnrolmentState.SEATED:
        raise EnrolmentError("L'edizione è già cominciata: per lasciarla scriva alla formazione.")
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    changed = Enrolment.objects.filter(pk=held.pk, state=held.state).exclude(
        state=EnrolmentState.WITHDRAWN
    )
    if not changed.update(state=EnrolmentState.WITHDRAWN):
        return False
    record(enrolment, EnrolmentState.WITHDRAWN, user)
    if held.state == EnrolmentState.SEATED:
        give_seat_back(enrolment.edition_id)
        allocate(enrolment.edition_id, user)
    tell(enrolment, "withdrawn")
    return True
