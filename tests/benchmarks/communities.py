"""Lists, discussions and posting, with few rows and with many, in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import (
    Delivery,
    Event,
    EventKind,
    Level,
    Membership,
    Notification,
    Post,
    Space,
    Topic,
    TopicReader,
)
from communities.services.notifications import fan_out
from portal.accounts.models import User
from tests.benchmarks.report import Figure
from tests.benchmarks.timing import by_turns
from tests.factories.communities import insider, post, space, topic

FEW, MANY, ROUNDS, CROWD = 10, 10_000, 60, 10_000


def many_posts(talk: Topic, count: int) -> None:
    """Lengthen a discussion."""
    now = timezone.now()
    rows = (
        Post(
            topic=talk,
            number=number,
            author_id=talk.author_id,
            organisation_id=talk.organisation_id,
            office=talk.office,
            html=f"<p>Intervento {number} sulla convenzione e sul riparto dei costi.</p>",
            text=f"Intervento {number} sulla convenzione e sul riparto dei costi.",
            created_at=now,
        )
        for number in range(2, count + 1)
    )
    Post.objects.bulk_create(rows, batch_size=2000)
    Topic.objects.filter(pk=talk.pk).update(last_number=count, reply_count=count - 1)


def many_topics(room: Space, author: User, count: int) -> None:
    """Fill a space with discussions."""
    now = timezone.now()
    Topic.objects.bulk_create(
        (
            Topic(
                space=room,
                title=f"Discussione {number}",
                author=author,
                last_number=1,
                bumped_at=now - timedelta(minutes=number),
            )
            for number in range(count)
        ),
        batch_size=2000,
    )


def price(client: Client, path: str) -> int:
    """Return how many queries a page asks when it is warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, path
    return len(asked)


def p95(work: Callable[[], object]) -> float:
    """Return the 95th percentile of the milliseconds that a piece of work takes."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.quantiles(taken, n=20)[-1]


def figures() -> list[Figure]:
    """Measure a space of few and one of many, a short discussion and a long one."""
    small, large = space(), space()
    who = insider(small)
    Membership.objects.create(space=large, user=who, state="attiva")
    many_topics(small, who, FEW)
    many_topics(large, who, MANY)
    short, long = topic(small, who), topic(small, who)
    many_posts(short, FEW)
    many_posts(long, MANY)
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    lists = [small.get_absolute_url(), large.get_absolute_url()]
    last = f"{long.get_absolute_url()}?pagina={MANY // 20}"
    talks = [short.get_absolute_url(), last]
    found = []
    for what, paths, limit in [("topic list", lists, 12), ("topic", talks, 15)]:
        few, many = (price(client, path) for path in paths)
        found.append(
            Figure(
                f"{what}, queries at {FEW} and {MANY:,}",
                f"≤ {limit}, identical",
                f"{few} and {many}",
                few == many <= limit,
            )
        )
        asks = [lambda _, path=path: client.get(path) for path in paths]
        fast, slow = (times.p95 for times in by_turns(asks, [""], ROUNDS))
        found.append(
            Figure(
                f"{what}, p95 at {MANY:,} against {FEW}",
                "≤ 1.3×, ≤ 150 ms",
                f"{slow / fast:.2f}×, {slow:.0f} ms",
                slow / fast <= 1.3 and slow <= 150,
                f"{fast:.0f} ms at {FEW}; by the test client, pages by turns",
            )
        )
    data = {"body": "<p>Una risposta.</p>", "body_format": "html", "voice": "personale"}
    slow = p95(lambda: client.post(f"{long.get_absolute_url()}rispondi/", data))
    found.append(
        Figure(f"posting into {MANY:,} posts, p95", "≤ 200 ms", f"{slow:.0f} ms", slow <= 200)
    )
    return [*found, _fan_out(small, short)]


def _fan_out(room: Space, talk: Topic) -> Figure:
    people = User.objects.bulk_create(
        (User(email=f"molti{number}@example.org", password="!") for number in range(CROWD)),
        batch_size=2000,
    )
    Membership.objects.bulk_create(
        (Membership(space=room, user=user, state="attiva") for user in people), batch_size=2000
    )
    TopicReader.objects.bulk_create(
        (TopicReader(user=user, topic=talk, level=Level.FOLLOWING) for user in people),
        batch_size=2000,
    )
    answer = post(talk, insider(room))
    event = Event.objects.get(kind=EventKind.REPLY, post=answer)
    begun = time.perf_counter()
    fan_out(event)
    seconds = time.perf_counter() - begun
    told = Notification.objects.filter(event=event).count()
    written = Delivery.objects.filter(event=event).count()
    return Figure(
        f"telling {CROWD:,} people, outside the request",
        "≤ 30 s",
        f"{seconds:.1f} s, {told:,} notices, {written:,} letters queued",
        seconds <= 30 and told >= CROWD,
    )
