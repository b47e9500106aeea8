"""The only doors to editions, enrolments and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404

from learning.models import Certificate, CourseEdition, Enrolment
from learning.roles import is_auditor, is_manager

if TYPE_CHECKING:
    from learning.roles import Reader

EditionRole = Literal["reader", "register", "trainer", "manager"]


def get_edition_for(user: Reader, pk: int, role: EditionRole = "reader") -> CourseEdition:
    """Return an edition to read, to see its register, to mark presences, or to manage.

    Raises Http404 to who may not know of it, PermissionDenied to who has not the role.
    """
    found = CourseEdition.objects.visible_to(user).select_related("course", "course__page")
    edition = found.filter(pk=pk).first()
    if edition is None:
        raise Http404("No such edition for this reader.")
    if role != "reader" and role not in roles_in(user, edition):
        raise PermissionDenied
    return edition


def roles_in(user: Reader, edition: CourseEdition) -> set[str]:
    """Return what somebody may do with an edition beyond reading it."""
    if is_manager(user):
        return {"register", "trainer", "manager"}
    if user.is_authenticated and edition.trainers.filter(pk=user.pk).exists():
        return {"register", "trainer"}
    return {"register"} if is_auditor(user) else set()


def get_enrolment_for(user: Reader, pk: int, role: EditionRole = "reader") -> Enrolment:
    """Return an enrolment: one's own as ``reader``, any of the edition with a role in it.

    Raises Http404 to who may not know of it, PermissionDenied to who has not the role.
    """
    found = Enrolment.objects.filter(pk=pk).select_related("edition__course", "user")
    enrolment = found.first() if user.is_authenticated else None
    if enrolment is None:
        raise Http404
    held = roles_in(user, enrolment.edition)
    own = enrolment.user_id == user.pk
    if not own and not held:
        raise Http404
    if (role == "reader" and not own) or (role != "reader" and role not in held):
        raise PermissionDenied
    return enrolment


def get_certificate_for(user: Reader, pk: int, role: EditionRole = "reader") -> Certificate:
    """Return a certificate for its owner or who sees the register, or to manage.

    Raises Http404 to who may not know of it, PermissionDenied to who has not the role.
    """
    found = Certificate.objects.select_related("enrolment__edition", "enrolment__user")
    certificate = found.filter(pk=pk).first() if user.is_authenticated else None
    if certificate is None:
        raise Http404
    held = roles_in(user, certificate.enrolment.edition)
    if certificate.enrolment.user_id != user.pk and not held:
        raise Http404
    if role != "reader" and role not in held:
        raise PermissionDenied
    return certificate
