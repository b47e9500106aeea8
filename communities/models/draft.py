from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from communities.models.topic import TopicKind


class Draft(models.Model):
    """What somebody is writing: an answer to a discussion, or a new one of a space."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey("communities.Space", on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(
        "communities.Topic", on_delete=models.CASCADE, null=True, related_name="drafts"
    )
    kind = models.CharField(max_length=12, choices=TopicKind.choices, default=TopicKind.DISCUSSION)
    title = models.CharField(max_length=160, blank=True)
    html = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "bozza"
        verbose_name_plural = "bozze"
        constraints = [
            models.UniqueConstraint(
                fields=["author", "topic"],
                condition=Q(topic__isnull=False),
                name="one_draft_per_topic",
            ),
            models.UniqueConstraint(
                fields=["author", "space"],
                condition=Q(topic__isnull=True),
                name="one_new_topic_draft_per_space",
            ),
        ]
