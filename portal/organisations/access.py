"""Who decides on affiliations, and the door to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from portal.core.access import is_in_group
from portal.organisations.models import Affiliation, AffiliationQuerySet, AffiliationRole
from portal.organisations.roles import GROUP_DIREZIONE

if TYPE_CHECKING:
    from portal.accounts.models import User


def decides_for_everybody(user: User) -> bool:
    """Tell whether somebody decides for every body: UPI's direction and the administrators."""
    return user.is_superuser or is_in_group(user, GROUP_DIREZIONE)


def referente_bodies(user: User) -> list[int]:
    """Return the bodies that somebody answers for."""
    return list(
        Affiliation.objects.active()
        .filter(user=user, role=AffiliationRole.REFERENTE)
        .values_list("organisation", flat=True)
    )


def decidable_affiliations(user: User) -> AffiliationQuerySet:
    """Return the affiliations that somebody decides on, never her own."""
    queryset = Affiliation.objects.exclude(user=user)
    if decides_for_everybody(user):
        return queryset
    return queryset.filter(organisation__in=referente_bodies(user))


def may_decide(user: User, affiliation: Affiliation) -> bool:
    """Tell whether somebody decides on this affiliation."""
    return decidable_affiliations(user).filter(pk=affiliation.pk).exists()


def is_decider(user: User) -> bool:
    """Tell whether somebody decides on any affiliation at all."""
    return decides_for_everybody(user) or bool(referente_bodies(user))


def get_affiliation_for(user: User, pk: int) -> Affiliation:
    """Return an affiliation to decide on.

    Raises PermissionDenied to who decides on none, Http404 when it is not for this decider.
    """
    if not is_decider(user):
        raise PermissionDenied
    found = decidable_affiliations(user).filter(pk=pk).select_related("user", "organisation")
    affiliation = found.first()
    if affiliation is None:
        raise Http404
    return affiliation
