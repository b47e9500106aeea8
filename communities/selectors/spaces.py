"""Where somebody stands with the spaces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from communities.models import Membership, MembershipState, ReviewItem, Space, Topic
from communities.models.membership import MembershipQuerySet
from communities.roles import memberships_of, role_in
from portal.core.access import MEMBERS, audience_tokens

if TYPE_CHECKING:
    from communities.roles import Reader


@dataclass
class Standing:
    """A person and a space: her membership if she ever asked, what she has not read."""

    membership: Membership | None = None
    inside: bool = False
    may_ask: bool = False
    unread: int = 0

    @property
    def waits(self) -> bool:
        """Whether her request has no answer yet."""
        return self._state == MembershipState.REQUESTED

    @property
    def refused(self) -> bool:
        """Whether her request was refused, which she may repeat."""
        return self._state == MembershipState.REFUSED

    @property
    def removed(self) -> bool:
        """Whether who moderates made her leave."""
        return self._state == MembershipState.REMOVED

    @property
    def _state(self) -> str:
        return self.membership.state if self.membership else ""


def standing_of(user: Reader, spaces: Iterable[Space]) -> dict[int, Standing]:
    """Return where somebody stands with each space: two queries, none for a visitor."""
    standing = {space.pk: Standing() for space in spaces}
    if not user.is_authenticated:
        return standing
    inside = memberships_of(user)
    may_ask = MEMBERS in audience_tokens(user)
    for membership in Membership.objects.filter(user=user.pk, space__in=standing):
        standing[membership.space_id].membership = membership
    unread = unread_counts(user, standing)
    for pk, one in standing.items():
        one.inside = pk in inside or "member" in role_in(user, pk)
        one.may_ask = may_ask and not one.inside and not one.waits and not one.removed
        one.unread = unread.get(pk, 0)
    return standing


def unread_counts(user: Reader, spaces: Iterable[int]) -> dict[int, int]:
    """Return how many discussions somebody has not read to the end, by space (one query)."""
    mine = set(memberships_of(user)) & set(spaces)
    if not mine:
        return {}
    topics = Topic.objects.visible_to(user).filter(space__in=mine).unread_by(user)
    counted = topics.order_by().values_list("space").annotate(Count("pk"))
    return dict(counted)


@dataclass(frozen=True)
class Waiting:
    """What waits for who moderates a space."""

    space: Space
    requests: int
    reports: int


def waiting_for(user: Reader) -> list[Waiting]:
    """Return the spaces that somebody moderates with what waits for her there, if anything does."""
    spaces = {pk: one.space for pk, one in memberships_of(user).items() if one.moderates}
    if not spaces:
        return []
    asked = Membership.objects.requested().filter(space__in=spaces).order_by()
    requests = dict(asked.values_list("space").annotate(Count("pk")))
    open_items = ReviewItem.objects.filter(space__in=spaces, closed_at__isnull=True).order_by()
    reports = dict(open_items.values_list("space").annotate(Count("pk")))
    return [
        Waiting(space, requests.get(pk, 0), reports.get(pk, 0))
        for pk, space in spaces.items()
        if pk in requests or pk in reports
    ]


def people_of(space: Space, state: MembershipState) -> MembershipQuerySet:
    """Return who asks, is in or was made to leave, with their bodies; who moderates comes first."""
    rows = Membership.objects.filter(space=space, state=state).select_related("user")
    # The words of the roles happen to stand in order: responsabile, moderatore, componente.
    return rows.prefetch_related("user__affiliations__organisation").order_by(
        "-role", "user__last_name", "user__first_name", "pk"
    )
