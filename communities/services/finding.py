"""Telling the search what changed in a discussion."""

from __future__ import annotations

from communities.models import Post, Topic
from communities.search_source import NAME, part_of, parts_of
from search.outbox import note_changes


def note_post(post: Post) -> None:
    """Note that a post was written, corrected, hidden or deleted."""
    note_changes(NAME, [part_of(post.topic_id, post.number)])


def note_topic(topic: Topic) -> None:
    """Note that a discussion was renamed, deleted or brought back."""
    note_changes(NAME, parts_of(topic.pk, topic.last_number))
