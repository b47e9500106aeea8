"""Affiliations: asked by a person, decided by the referente of the body or by UPI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.core.letters import queue_letter
from portal.organisations.access import decides_for_everybody, may_decide
from portal.organisations.models import (
    Affiliation,
    AffiliationRole,
    AffiliationState,
    Organisation,
)
from portal.organisations.roles import GROUP_DIREZIONE

if TYPE_CHECKING:
    from collections.abc import Iterable


def request_affiliation(
    user: User, organisation: Organisation, office: str, job_title: str = ""
) -> Affiliation | None:
    """Ask for an affiliation and tell who decides; return None when one is open already.

    It is *proposed* when the domain of the person's address belongs to the body.
    """
    proposed = Organisation.objects.for_email(user.email).filter(pk=organisation.pk).exists()
    try:
        with transaction.atomic():
            affiliation = Affiliation.objects.create(
                user=user,
                organisation=organisation,
                office=office,
                job_title=job_title,
                proposed=proposed,
            )
    except IntegrityError:
        return None
    tell(affiliation, "request", [person.email for person in deciders(affiliation)])
    return affiliation


def deciders(affiliation: Affiliation) -> list[User]:
    """Return the referenti of the body, or UPI's direction where the body has none."""
    referenti = User.objects.filter(
        is_active=True,
        affiliations__in=Affiliation.objects.active().filter(
            organisation=affiliation.organisation, role=AffiliationRole.REFERENTE
        ),
    ).exclude(pk=affiliation.user_id)
    found = list(referenti.distinct())
    return found or list(User.objects.filter(is_active=True, groups__name=GROUP_DIREZIONE))


def approve(actor: User, affiliation: Affiliation) -> bool:
    """Verify a request; tell whether it was still waiting. Raises PermissionDenied."""
    return _decide(actor, affiliation, AffiliationState.ACTIVE)


def refuse(actor: User, affiliation: Affiliation, reason: str) -> bool:
    """Refuse a request with a reason; tell whether it was still waiting.

    Raises PermissionDenied, and ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("A refusal needs a reason.")
    return _decide(actor, affiliation, AffiliationState.REFUSED, reason)


@transaction.atomic
def _decide(
    actor: User, affiliation: Affiliation, state: AffiliationState, reason: str = ""
) -> bool:
    if not may_decide(actor, affiliation):
        raise PermissionDenied
    changed = Affiliation.objects.filter(pk=affiliation.pk, state=AffiliationState.PENDING).update(
        state=state, reason=reason, decided_by=actor, decided_at=timezone.now()
    )
    if not changed:
        return False
    affiliation.refresh_from_db()
    tell(affiliation, state.value, [affiliation.user.email])
    return True


@transaction.atomic
def end(actor: User, affiliation: Affiliation) -> bool:
    """End a verified affiliation today; its person may, and who decides on it.

    Raises PermissionDenied to everybody else.
    """
    if actor.pk != affiliation.user_id and not (
        may_decide(actor, affiliation) or decides_for_everybody(actor)
    ):
        raise PermissionDenied
    return bool(
        Affiliation.objects.filter(pk=affiliation.pk, state=AffiliationState.ACTIVE).update(
            state=AffiliationState.ENDED, valid_to=timezone.localdate()
        )
    )


def tell(affiliation: Affiliation, what: str, addresses: Iterable[str]) -> None:
    """Queue the letter about an affiliation to each address, when the transaction is over."""
    queue_letter(f"organisations/mail/{what}.txt", {"affiliation": affiliation}, addresses)
