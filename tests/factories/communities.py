"""Spaces, who is in them, discussions and posts."""

from __future__ import annotations

from itertools import count
from typing import Any

from communities.models import (
    Membership,
    MembershipRole,
    MembershipState,
    Post,
    Space,
    SpaceIndexPage,
    SpacePage,
    Topic,
)
from communities.roles import forget
from communities.services.posting import Contribution, open_topic, reply
from communities.writing import written
from portal.accounts.models import User
from portal.organisations.models import Network
from portal.organisations.tokens import affiliations_of
from tests.factories.pages import home_page, published
from tests.factories.people import AffiliationFactory

_numbers = count(1)


def space(**fields: Any) -> Space:
    """Make a space of the SUA network with its public page."""
    number = next(_numbers)
    home = home_page()
    index = SpaceIndexPage.objects.child_of(home).first() or published(
        home, SpaceIndexPage(title="Comunità", slug="comunita", summary="Le comunità")
    )
    values = {"slug": f"spazio-{number}", "name": f"Spazio {number}"}
    if "network" not in fields:
        values["network"] = Network.objects.get(slug="sua")  # type: ignore[assignment]
    made = Space.objects.create(**{**values, **fields})
    published(index, SpacePage(title=made.name, slug=made.slug, summary="Sommario", space=made))
    return made


def join(
    user: User, where: Space, role: MembershipRole = MembershipRole.MEMBER, **fields: Any
) -> Membership:
    """Put a person in a space."""
    values = {"state": MembershipState.ACTIVE, "role": role, **fields}
    made = Membership.objects.create(space=where, user=user, **values)
    forget(user)
    return made


def insider(where: Space, role: MembershipRole = MembershipRole.MEMBER, **fields: Any) -> User:
    """Make a verified person of Treviso who is in a space."""
    user: User = AffiliationFactory().user
    join(user, where, role, **fields)
    return user


def sent(author: User, text: str = "Un testo.", **fields: Any) -> Contribution:
    """Return what a person sends."""
    held = next(iter(affiliations_of(author)), None)
    return Contribution(body=written(text, "text"), affiliation=held, **fields)


def topic(
    where: Space,
    author: User | None = None,
    replies: int = 0,
    kind: str = "domanda",
    title: str = "",
    text: str = "Come si fa?",
) -> Topic:
    """Open a discussion with some answers of the same person."""
    who = author or insider(where)
    made = open_topic(who, where, kind, title or f"Domanda {next(_numbers)}", sent(who, text))
    for number in range(replies):
        reply(who, made, sent(who, f"Risposta {number + 1}."))
    made.refresh_from_db()
    return made


def post(where: Topic, author: User, text: str = "Una risposta.", **fields: Any) -> Post:
    """Answer in a discussion."""
    return reply(author, where, sent(author, text, **fields))
