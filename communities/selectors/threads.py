"""One page of a discussion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch

from communities.models import Attachment, Participation, Post, Topic, Useful
from communities.models.topic import POSTS_IN_A_PAGE
from portal.library.models import Document
from portal.organisations.tiles import province_tiles

if TYPE_CHECKING:
    from communities.roles import Reader
    from portal.organisations.models import Organisation


def posts_page(user: Reader, topic: Topic, page: int) -> list[Post]:
    """Return the posts of a page by their numbers, with the files that the reader may open.

    Each has ``found_useful``. Two queries, whatever the length of the discussion.
    """
    first = (page - 1) * POSTS_IN_A_PAGE + 1
    posts = with_files(user, topic.posts.filter(number__range=(first, first + POSTS_IN_A_PAGE - 1)))
    for post in posts:
        post.topic = topic
    return posts


def with_files(user: Reader, posts: Any) -> list[Post]:
    """Return posts with author, body, files and whether the reader found them useful."""
    mine = Useful.objects.filter(post=OuterRef("pk"), user=user.pk)
    files = Attachment.objects.filter(document__in=Document.objects.visible_to(user))
    return list(
        posts.annotate(found_useful=Exists(mine))
        .select_related("author", "organisation")
        .prefetch_related(
            Prefetch("attachments", files.select_related("document__current_version"))
        )
        .order_by("number")
    )


def bodies_in(topic: Topic) -> list[Organisation]:
    """Return the bodies whose people wrote in a discussion, in alphabetical order."""
    rows = Participation.objects.filter(topic=topic).select_related("organisation")
    return sorted((row.organisation for row in rows), key=lambda body: body.name)


def tiles_of(topic: Topic, bodies: Iterable[Organisation]) -> list[dict[str, Any]]:
    """Return the map of the Provinces with those that took part in the colour of the network."""
    colour = topic.space.network_slug or "sua"
    return province_tiles({body.sigla: (colour, "ha partecipato") for body in bodies if body.sigla})
