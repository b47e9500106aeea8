"""What the networks, the member's area and the header show of the communities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from communities.models import Space
from communities.roles import memberships_of, role_in
from communities.selectors.notices import unread_notices
from communities.selectors.spaces import standing_of, unread_counts, waiting_for
from communities.selectors.topics import latest_topics

if TYPE_CHECKING:
    from django.http import HttpRequest

    from portal.organisations.models import Network


def network_community(request: HttpRequest, network: Network, **context: object) -> str:
    """Return the spaces of a network: what is new for who is in, how to get in for the others."""
    visible = Space.objects.visible_to(request.user).filter(network=network)
    spaces = list(visible.select_related("page", "network")[:3])
    if not spaces:
        return ""
    standing = standing_of(request.user, spaces)
    rows = [
        {
            "space": space,
            "standing": standing[space.pk],
            "topics": latest_topics(request.user, space, 3)
            if "member" in role_in(request.user, space.pk)
            else [],
        }
        for space in spaces
    ]
    values = {"rows": rows, "network": network}
    return render_to_string("communities/panel_network.html", values, request)


def my_communities(request: HttpRequest, **context: object) -> str:
    """Return a person's spaces with what she has not read and what waits for her."""
    memberships = memberships_of(request.user)
    counts = unread_counts(request.user, memberships)
    rows = [(one.space, counts.get(pk, 0)) for pk, one in memberships.items()]
    values = {
        "rows": sorted(rows, key=lambda row: (-row[1], row[0].name)),
        "waiting": waiting_for(request.user),
        "notices": unread_notices(request.user),
    }
    return render_to_string("communities/panel_mine.html", values, request)


def header_notices(request: HttpRequest, **context: object) -> str:
    """Return the way to one's notices, with how many are new."""
    if not request.user.is_authenticated:
        return ""
    values = {"count": unread_notices(request.user)}
    return render_to_string("communities/panel_header.html", values, request)
