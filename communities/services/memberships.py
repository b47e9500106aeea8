"""Into a space and out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import (
    EventKind,
    JoinPolicy,
    Level,
    Membership,
    MembershipRole,
    MembershipState,
    ModerationAction,
    Space,
)
from communities.roles import forget, role_in
from communities.services.events import log, record
from portal.core.access import MEMBERS, audience_tokens
from portal.organisations.roles import GROUP_MODERATORS

if TYPE_CHECKING:
    from portal.accounts.models import User

OUT = [MembershipState.REFUSED, MembershipState.LEFT]


class MembershipError(Exception):
    """What the person is told, in Italian."""


def ask_to_join(user: User, space: Space, message: str = "") -> Membership:
    """Ask to enter a space, or enter one that is open; a second request changes nothing.

    Raises PermissionDenied to who has no verified body, MembershipError to who was made to leave.
    """
    if MEMBERS not in audience_tokens(user):
        raise PermissionDenied
    is_open = space.join_policy == JoinPolicy.OPEN
    state = MembershipState.ACTIVE if is_open else MembershipState.REQUESTED
    now = timezone.now()
    values = {"state": state, "message": message, "asked_at": now, "read_floor": now}
    try:
        with transaction.atomic():
            membership = Membership.objects.create(space=space, user=user, **values)
            _tell_who_moderates(membership)
    except IntegrityError:
        membership = Membership.objects.get(space=space, user=user)
        if membership.state == MembershipState.REMOVED:
            raise MembershipError(
                "Chi modera l'ha fatta uscire da questa comunità: scriva a UPI per rientrare."
            ) from None
        with transaction.atomic():
            again = Membership.objects.filter(pk=membership.pk, state__in=OUT)
            if again.update(**values, reason="", decided_by=None, decided_at=None):
                membership.refresh_from_db()
                _tell_who_moderates(membership)
    forget(user)
    return membership


def _tell_who_moderates(membership: Membership) -> None:
    if membership.state == MembershipState.REQUESTED:
        record(EventKind.REQUESTED, membership.space, membership.user, membership=membership)


@transaction.atomic
def decide_request(actor: User, membership: Membership, admit: bool, reason: str = "") -> bool:
    """Let somebody in or refuse with a reason; tell whether the request was still open.

    Raises PermissionDenied to who neither moderates nor appoints, ValueError without a reason.
    """
    _must_run(actor, membership.space)
    if not admit and not reason.strip():
        raise ValueError("A refusal needs a reason.")
    state = MembershipState.ACTIVE if admit else MembershipState.REFUSED
    open_request = Membership.objects.requested().filter(pk=membership.pk)
    changed = open_request.update(
        state=state,
        reason=reason,
        decided_by=actor,
        decided_at=timezone.now(),
        read_floor=timezone.now(),
    )
    if not changed:
        return False
    membership.refresh_from_db()
    kind = EventKind.ADMITTED if admit else EventKind.REFUSED
    action = ModerationAction.ADMITTED if admit else ModerationAction.REFUSED
    record(kind, membership.space, actor, membership=membership, reason=reason)
    log(action, membership.space, actor, membership=membership, reason=reason)
    return True


@transaction.atomic
def leave(user: User, space: Space) -> bool:
    """Leave a space, or take back the request to enter; tell whether there was something to leave.

    Raises MembershipError to the only person who answers for it.
    """
    mine = Membership.objects.select_for_update().filter(space=space, user=user)
    membership = mine.first()
    if membership and membership.role == MembershipRole.OWNER:
        others = Membership.objects.moderating().filter(space=space).exclude(pk=membership.pk)
        if not others.exists():
            raise MembershipError(
                "È l'unica persona che risponde di questa comunità: prima ne incarichi un'altra."
            )
    left = mine.filter(state__in=[MembershipState.ACTIVE, MembershipState.REQUESTED]).update(
        state=MembershipState.LEFT, role=MembershipRole.MEMBER
    )
    forget(user)
    return bool(left)


@transaction.atomic
def remove(actor: User, membership: Membership, reason: str) -> bool:
    """Make somebody leave a space; tell whether she was in.

    Raises PermissionDenied to who does not moderate or touches who does, ValueError without a
    reason.
    """
    roles = _must_run(actor, membership.space)
    if membership.moderates and "appointer" not in roles:
        raise PermissionDenied
    if not reason.strip():
        raise ValueError("Removing somebody needs a reason.")
    inside = Membership.objects.active().filter(pk=membership.pk).exclude(user=actor)
    changed = inside.update(
        state=MembershipState.REMOVED,
        role=MembershipRole.MEMBER,
        reason=reason,
        decided_by=actor,
        decided_at=timezone.now(),
    )
    if not changed:
        return False
    membership.refresh_from_db()
    record(EventKind.REMOVED, membership.space, actor, membership=membership, reason=reason)
    log(ModerationAction.REMOVED, membership.space, actor, membership=membership, reason=reason)
    return True


@transaction.atomic
def readmit(actor: User, membership: Membership) -> bool:
    """Let in again somebody who was made to leave; tell whether she was out.

    Raises PermissionDenied to who neither moderates nor appoints.
    """
    _must_run(actor, membership.space)
    outside = Membership.objects.filter(pk=membership.pk, state=MembershipState.REMOVED)
    if not outside.update(
        state=MembershipState.ACTIVE, reason="", decided_by=actor, decided_at=timezone.now()
    ):
        return False
    membership.refresh_from_db()
    record(EventKind.ADMITTED, membership.space, actor, membership=membership)
    log(ModerationAction.ADMITTED, membership.space, actor, membership=membership)
    return True


@transaction.atomic
def appoint(actor: User, membership: Membership, role: MembershipRole) -> bool:
    """Give somebody in a space another role; tell whether it changed.

    Who moderates must have a second factor, so she joins the group that the policy names. Raises
    PermissionDenied to who does not appoint.
    """
    if "appointer" not in role_in(actor, membership.space_id):
        raise PermissionDenied
    inside = Membership.objects.active().filter(pk=membership.pk).exclude(role=role)
    if not inside.update(role=role):
        return False
    if role != MembershipRole.MEMBER:
        membership.user.groups.add(Group.objects.get(name=GROUP_MODERATORS))
        Membership.objects.filter(pk=membership.pk, level=Level.NORMAL).update(
            level=Level.FOLLOWING
        )
    membership.refresh_from_db()
    log(
        ModerationAction.APPOINTED,
        membership.space,
        actor,
        membership=membership,
        reason=membership.get_role_display(),
    )
    return True


def listen(user: User, space: Space, level: Level, by_mail: bool) -> None:
    """Choose how much to hear of a space."""
    Membership.objects.active().filter(space=space, user=user).update(level=level, by_mail=by_mail)
    forget(user)


def mark_all_read(user: User, space: Space) -> None:
    """Count as read whatever has been said in a space so far."""
    Membership.objects.active().filter(space=space, user=user).update(read_floor=timezone.now())
    forget(user)


def _must_run(actor: User, space: Space) -> frozenset[str]:
    roles = role_in(actor, space.pk)
    if not roles & {"moderator", "appointer"}:
        raise PermissionDenied
    return roles
