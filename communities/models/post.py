from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from portal.organisations.models import HeldOffice


class PostState(models.TextChoices):
    """Whether a post may be read."""

    PUBLISHED = "pubblicato", "pubblicato"
    HIDDEN = "nascosto", "nascosto da chi modera"


class PostQuerySet(models.QuerySet["Post"]):
    """Filters with plain names."""

    def readable(self) -> PostQuerySet:
        """Keep what nobody deleted or hid."""
        return self.filter(deleted_at__isnull=True, state=PostState.PUBLISHED)


class Post(HeldOffice):
    """What somebody wrote, with the body and the office she had then, and in whose name."""

    topic = models.ForeignKey("communities.Topic", on_delete=models.PROTECT, related_name="posts")
    number = models.PositiveIntegerField("numero")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts"
    )
    for_body = models.BooleanField("a nome dell'ente", default=False)
    # Sanitised when written; ``text`` is the same without tags, for search, letters and excerpts.
    html = models.TextField()
    text = models.TextField()
    useful_count = models.PositiveIntegerField("utile a", default=0)
    # It was the accepted answer when it was hidden or deleted, and is again when it comes back.
    was_accepted = models.BooleanField("risolveva la domanda", default=False)
    # A form sent twice carries the same key: the second one finds the first one's post.
    submission = models.UUIDField(default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=PostState.choices, default=PostState.PUBLISHED)
    created_at = models.DateTimeField("scritto il", default=timezone.now)
    edited_at = models.DateTimeField("modificato il", null=True)
    deleted_at = models.DateTimeField("eliminato il", null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "intervento"
        verbose_name_plural = "interventi"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="one_post_per_number"),
            models.UniqueConstraint(
                fields=["author", "submission"], name="one_post_per_submission"
            ),
            models.CheckConstraint(
                condition=Q(for_body=False) | Q(organisation__isnull=False),
                name="who_speaks_for_a_body_has_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}, intervento {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("communities:post", args=[self.pk])

    @property
    def safe_html(self) -> SafeString:
        """The sanitised text, ready for a page."""
        return mark_safe(self.html)  # noqa: S308 - sanitised by communities.writing before storing

    @property
    def is_readable(self) -> bool:
        """Whether nobody deleted or hid it."""
        return self.deleted_at is None and self.state == PostState.PUBLISHED


class PostRevision(models.Model):
    """What a post said before a correction, never changed afterwards."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="revisions")
    title = models.CharField(max_length=160, blank=True)
    html = models.TextField()
    text = models.TextField()
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "versione precedente di un intervento"
        ordering = ["-pk"]

    @property
    def safe_html(self) -> SafeString:
        """The sanitised text, ready for a page."""
        return mark_safe(self.html)  # noqa: S308 - sanitised by communities.writing before storing


class Useful(models.Model):
    """Somebody found a post useful."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="useful_marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "apprezzamento"
        verbose_name_plural = "apprezzamenti"
        constraints = [
            models.UniqueConstraint(fields=["post", "user"], name="one_useful_mark_per_person")
        ]
