"""The demonstration communities: three spaces, their people and what they discuss."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, Site

from communities.demo.people import (
    ATTENTIVE,
    MEMBERS,
    MODERATORS,
    OWNERS,
    PEOPLE,
    READ_DAYS_AGO,
    REQUEST,
)
from communities.demo.reader import ROME, read_talks
from communities.demo.telling import Teller, date_events, read_before
from communities.demo.writing import DemoFiles
from communities.models import (
    Delivery,
    Event,
    JoinPolicy,
    Level,
    Membership,
    MembershipRole,
    ModerationLog,
    Notification,
    Space,
    SpaceIndexPage,
    SpacePage,
)
from communities.roles import forget
from communities.services.memberships import appoint, ask_to_join, decide_request, listen
from communities.services.notifications import fan_out
from portal.accounts.models import User
from portal.core.seed import SeedContext
from portal.library.demo.body import read_body, read_text
from portal.library.demo.pages import publish_below, stream_data
from portal.organisations.models import Network
from portal.organisations.seed import add_people
from search.outbox import wake_indexer

PAGES = Path(__file__).parent / "demo" / "pages"
PUBLISHED = dt.datetime(2022, 4, 20, 10, 0, tzinfo=ROME)
OFFICE = "Reti tematiche, UPI"
RECENT = dt.timedelta(days=24)
NEWS = dt.timedelta(days=9)


@transaction.atomic
def load_communities(context: SeedContext) -> None:
    """Create the spaces with their people and discussions, once."""
    home = context.rows.get("home") or Site.objects.get(is_default_site=True).root_page.specific
    spaces = _spaces(home)
    if Membership.objects.filter(space__in=spaces.values()).exists():
        return
    with untold():
        add_people(PEOPLE)
        invented = User.objects.filter(email__endswith="@example.org")
        people = {user.email.partition("@")[0]: user for user in invented}
        inside = {slug: _let_in(space, people) for slug, space in spaces.items()}
        for user in people.values():
            forget(user)
        moderators = {slug: MODERATORS.get(slug, [OWNERS[slug]])[0] for slug in spaces}
        teller = Teller(people, inside, moderators, DemoFiles(), timezone.localdate())
        talks = list(read_talks())
        teller.tell(talks, spaces)
        slug, account, message = REQUEST
        ask_to_join(people[account], spaces[slug], message)
        _notify()
    transaction.on_commit(wake_indexer)
    said = sum(len(talk.posts) for talk in talks)
    context.write(f"  {len(talks)} discussioni, {said} interventi")


@contextmanager
def untold() -> Iterator[None]:
    """Keep from the worker what is done meanwhile: hundreds of tasks, and letters to nobody."""
    before = list(connection.run_on_commit)
    yield
    connection.run_on_commit = before


def _spaces(home: Page) -> dict[str, Space]:
    """Return the spaces by slug, with their pages."""
    index = publish_below(
        home,
        SpaceIndexPage(
            title="Comunità",
            slug="comunita",
            show_in_menus=True,
            summary="Le comunità delle tre reti: funzionari di Province diverse si chiedono come "
            "fanno, si rispondono con i documenti e tengono le risposte buone a disposizione.",
            responsible_office=OFFICE,
        ),
        PUBLISHED,
    )
    found = {}
    for slug in OWNERS:
        network = Network.objects.get(slug=slug)
        space, created = Space.objects.get_or_create(
            slug=slug,
            defaults={
                "name": network.community_name,
                "network": network,
                "join_policy": JoinPolicy.REQUEST,
            },
        )
        if created:
            Space.objects.filter(pk=space.pk).update(created_at=PUBLISHED)
        found[slug] = space
        if SpacePage.objects.filter(space=space).exists():
            continue
        about, text = read_text(PAGES / f"{slug}.md")
        publish_below(
            index,
            SpacePage(
                title=space.name,
                slug=slug,
                summary=about["summary"],
                space=space,
                body=stream_data(f"comunita/{slug}", read_body(text)),
                responsible_office=OFFICE,
            ),
            PUBLISHED,
        )
    return found


def _let_in(space: Space, people: dict[str, User]) -> list[str]:
    """Let the people of a space in, give its offices; return their accounts."""
    direction, owner = people["direzione"], people[OWNERS[space.slug]]
    moderators = MODERATORS.get(space.slug, [])
    members = [f"funzionario.{sigla}" for sigla in MEMBERS[space.slug]]
    accounts = list(dict.fromkeys([OWNERS[space.slug], *moderators, *members]))
    today = timezone.localdate()
    for account in accounts:
        membership = ask_to_join(people[account], space)
        decide_request(direction if people[account] == owner else owner, membership, True)
        if account in (OWNERS[space.slug], *moderators):
            role = MembershipRole.MODERATOR if account in moderators else MembershipRole.OWNER
            appoint(direction, membership, role)
        if (space.slug, account) in ATTENTIVE:
            listen(people[account], space, Level.FOLLOWING, by_mail=True)
        forget(people[account])
        read_before(membership, READ_DAYS_AGO.get(account, 3), today)
    ModerationLog.objects.filter(space=space).update(at=PUBLISHED)
    return accounts


def _notify() -> None:
    """Put what happened lately in the lists of those whom it concerns; send no letter."""
    fresh = date_events(RECENT)
    for event in fresh:
        fan_out(event)
    Delivery.objects.filter(event__in=fresh).delete()
    before = timezone.now() - NEWS
    old = Notification.objects.filter(event__created_at__lt=before)
    old.update(read_at=before)
    Event.objects.filter(fanned_out_at__isnull=True).update(fanned_out_at=timezone.now())
