"""Discussions as searchable content, in parts of bounded length.

A discussion of ten thousand posts is a hundred entries of the index: an answer rewrites the
entry it belongs to, never the whole discussion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from communities.models import Post, Topic
from portal.core.norms import references
from search.engines.base import IndexItem, PageText
from search.similar import similar_keys
from search.sources import Described, object_id

if TYPE_CHECKING:
    from search.sources.base import Reader

NAME = "topic"
KIND = "topic"
POSTS_IN_A_PART = 100
# The key of an entry is that of the discussion times this, plus the number of the part.
PARTS = 1_000_000


def part_of(topic_pk: int, number: int) -> int:
    """Return the key of the entry that a post belongs to."""
    return topic_pk * PARTS + (max(number, 1) - 1) // POSTS_IN_A_PART


def parts_of(topic_pk: int, last_number: int) -> list[int]:
    """Return the keys of all entries of a discussion."""
    first = part_of(topic_pk, 1)
    return list(range(first, part_of(topic_pk, last_number) + 1))


def first_number(key: int) -> int:
    """Return the number of the first post of an entry."""
    return key % PARTS * POSTS_IN_A_PART + 1


class TopicSource:
    """Every discussion that nobody deleted, with its readable posts as pages."""

    name = NAME
    label = "discussioni"

    def pks(self, after: int, limit: int) -> list[int]:
        """Return the next keys, those of the discussion that ``after`` belongs to first."""
        topics = Topic.objects.filter(deleted_at__isnull=True, pk__gte=after // PARTS)
        keys: list[int] = []
        for pk, last in topics.order_by("pk").values_list("pk", "last_number")[: limit + 1]:
            keys += [key for key in parts_of(pk, last) if key > after]
            if len(keys) >= limit:
                break
        return keys[:limit]

    def load(self, pks: Iterable[int], seq: int) -> Iterator[IndexItem]:
        """Yield the present state of the entries."""
        keys = sorted(pks)
        topics = self._topics(keys)
        posts = self._posts(keys)
        for key in keys:
            topic = topics.get(key // PARTS)
            if topic is None or not posts[key]:
                continue
            yield IndexItem(
                id=object_id(self.name, key),
                title=topic.title,
                summary=topic.get_kind_display(),
                body="",
                pages=[
                    PageText(post.number, f"Intervento {post.number}", post.text)
                    for post in posts[key]
                ],
                audience=frozenset({topic.space.token}),
                facets=_facets(topic, posts[key]),
                date=topic.bumped_at.date(),
                seq=seq,
            )

    def audience(self, pk: int) -> frozenset[str]:
        """Return the tokens of an entry now."""
        topic = self._topics([pk]).get(pk // PARTS)
        return frozenset({topic.space.token}) if topic else frozenset()

    def titled(self, reader: Reader, words: list[str], limit: int) -> list[int]:
        """Return the first entries of the discussions whose title has all the words."""
        found = Topic.objects.visible_to(reader)
        for word in words:
            found = found.filter(title__icontains=word)
        pks = found.order_by("-bumped_at", "-pk").values_list("pk", flat=True)[:limit]
        return [part_of(pk, 1) for pk in pks]

    def describe(self, reader: Reader, passages: dict[int, list[int]]) -> dict[int, Described]:
        """Return the entries that the reader may see, with the texts of their best posts."""
        visible = Topic.objects.visible_to(reader).filter(pk__in={key // PARTS for key in passages})
        topics = {topic.pk: topic for topic in visible.select_related("space__network")}
        firsts = {key: {*numbers, first_number(key)} for key, numbers in passages.items()}
        texts: dict[int, dict[int, str]] = defaultdict(dict)
        rows = Post.objects.readable().filter(
            topic__in=topics, number__in={number for wanted in firsts.values() for number in wanted}
        )
        for topic_pk, number, text in rows.values_list("topic_id", "number", "text"):
            texts[topic_pk][number] = text
        return {
            key: _described(topics[key // PARTS], key, texts[key // PARTS], set(numbers))
            for key, numbers in passages.items()
            if key // PARTS in topics
        }

    def _topics(self, keys: Iterable[int]) -> dict[int, Topic]:
        found = Topic.objects.filter(pk__in={key // PARTS for key in keys}, deleted_at__isnull=True)
        return {topic.pk: topic for topic in found.select_related("space__network")}

    def _posts(self, keys: Iterable[int]) -> dict[int, list[Post]]:
        """Return the readable posts of each entry: a query for each, by a range of numbers."""
        found: dict[int, list[Post]] = {}
        for key in keys:
            first = first_number(key)
            rows = Post.objects.readable().filter(
                topic=key // PARTS, number__range=(first, first + POSTS_IN_A_PART - 1)
            )
            found[key] = list(rows.select_related("organisation").defer("html"))
        return found


def similar_topics(reader: Reader, topic: Topic, limit: int = 5) -> list[Topic]:
    """Return the other discussions that the reader may see and that speak of the same."""
    own = parts_of(topic.pk, topic.last_number)
    keys = similar_keys(reader, NAME, own[0], limit * 4, apart=own) or []
    order = list(dict.fromkeys(key // PARTS for key in keys))
    found = Topic.objects.visible_to(reader).in_bulk(order)
    return [found[pk] for pk in order if pk in found and pk != topic.pk][:limit]


def _facets(topic: Topic, posts: list[Post]) -> dict[str, list[str]]:
    """Return the values of the facets of an entry: the bodies are those that speak in it."""
    bodies = {post.organisation for post in posts if post.organisation}
    text = "\n".join(post.text for post in posts)
    return {
        "kind": [KIND],
        "network": [topic.space.network.slug] if topic.space.network else [],
        "province": sorted({body.sigla for body in bodies if body.sigla}),
        "body": sorted(str(body.pk) for body in bodies),
        "year": [str(topic.created_at.year)],
        "norm": sorted({found.act for found in references(text, topic.created_at.year)}),
    }


def _described(topic: Topic, key: int, texts: dict[int, str], best: set[int]) -> Described:
    network = topic.space.network
    return Described(
        kind=KIND,
        kind_label=topic.get_kind_display(),
        title=topic.title,
        url=topic.url_of(first_number(key)) if key % PARTS else topic.get_absolute_url(),
        text=texts.get(first_number(key), ""),
        date=topic.bumped_at.date(),
        networks=[(network.slug, network.short_name)] if network else [],
        body=topic.space.name,
        page_texts={number: text for number, text in texts.items() if number in best},
        page_url=reverse("communities:topic", args=[topic.pk]),
    )
