from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from communities.models.membership import Level, Membership
from communities.roles import memberships_of
from portal.organisations.models import HeldOffice

if TYPE_CHECKING:
    from communities.roles import Reader

# How many posts a page of a discussion shows: paging is by number, so that every page costs alike.
POSTS_IN_A_PAGE = 20


class TopicKind(models.TextChoices):
    """What a discussion is for."""

    DISCUSSION = "discussione", "Discussione"
    QUESTION = "domanda", "Domanda"
    ANNOUNCEMENT = "annuncio", "Annuncio"


class TopicStatus(models.TextChoices):
    """Whether a discussion takes answers."""

    OPEN = "aperta", "aperta"
    LOCKED = "chiusa", "chiusa"


class TopicQuerySet(models.QuerySet["Topic"]):
    """Filters with plain names."""

    def visible_to(self, user: Reader) -> TopicQuerySet:
        """Keep the discussions of the spaces that somebody is in, deleted ones left out."""
        found = self.filter(deleted_at__isnull=True)
        if getattr(user, "is_superuser", False):
            return found
        return found.filter(space__in=list(memberships_of(user)))

    def with_reading_of(self, user: Reader) -> TopicQuerySet:
        """Add ``read_number`` and ``reader_level`` of a person, None where she never opened it."""
        mine = TopicReader.objects.filter(topic=OuterRef("pk"), user=user.pk)
        return self.annotate(
            read_number=Subquery(mine.values("last_read_number")[:1]),
            reader_level=Subquery(mine.values("level")[:1]),
        )

    def unread_by(self, user: Reader) -> TopicQuerySet:
        """Keep what moved since a person's floor and was not read to the end."""
        floor = Membership.objects.active().filter(space=OuterRef("space"), user=user.pk)
        read = TopicReader.objects.filter(topic=OuterRef("pk"), user=user.pk)
        return self.alias(
            floor=Subquery(floor.values("read_floor")[:1]),
            seen=Subquery(read.values("last_read_number")[:1]),
        ).filter(Q(seen__isnull=True) | Q(seen__lt=F("last_number")), bumped_at__gt=F("floor"))


class Topic(HeldOffice):
    """A discussion: ``last_number`` counts its posts, the first one included."""

    space = models.ForeignKey("communities.Space", on_delete=models.PROTECT, related_name="topics")
    kind = models.CharField(
        "tipo", max_length=12, choices=TopicKind.choices, default=TopicKind.DISCUSSION
    )
    title = models.CharField("titolo", max_length=160)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="topics"
    )
    status = models.CharField(
        "stato", max_length=8, choices=TopicStatus.choices, default=TopicStatus.OPEN
    )
    pinned = models.BooleanField("in evidenza", default=False)
    last_number = models.PositiveIntegerField(default=0)
    reply_count = models.PositiveIntegerField("risposte", default=0)
    accepted_post = models.ForeignKey(
        "communities.Post", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField("aperta il", default=timezone.now)
    bumped_at = models.DateTimeField("ultimo intervento il", default=timezone.now)
    deleted_at = models.DateTimeField("eliminata il", null=True)

    objects = TopicQuerySet.as_manager()
    read_number: int | None
    reader_level: str | None

    class Meta:
        verbose_name = "discussione"
        verbose_name_plural = "discussioni"
        indexes = [
            models.Index(
                fields=["space", "-pinned", "-bumped_at", "-id"],
                condition=Q(deleted_at__isnull=True),
                name="topic_list",
            ),
            models.Index(
                fields=["space", "-bumped_at"],
                condition=Q(deleted_at__isnull=True, reply_count=0),
                name="topic_unanswered",
            ),
            models.Index(fields=["author", "-bumped_at"], name="topic_of_author"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="topic_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:topic", args=[self.pk])

    def url_of(self, number: int) -> str:
        """Return the address of a post, on the page that shows it."""
        page = (max(number, 1) - 1) // POSTS_IN_A_PAGE + 1
        query = f"?pagina={page}" if page > 1 else ""
        return f"{self.get_absolute_url()}{query}#intervento-{number}"

    @property
    def page_count(self) -> int:
        """How many pages the discussion has."""
        return max(-(-self.last_number // POSTS_IN_A_PAGE), 1)

    @property
    def is_locked(self) -> bool:
        """Whether it takes no more answers."""
        return self.status == TopicStatus.LOCKED

    @property
    def is_question(self) -> bool:
        """Whether an answer may be accepted."""
        return self.kind == TopicKind.QUESTION

    @property
    def unread_url(self) -> str:
        """The address of the first post that the reader of ``with_reading_of`` did not read."""
        if self.read_number and self.read_number < self.last_number:
            return self.url_of(self.read_number + 1)
        return self.get_absolute_url()


class TopicReader(models.Model):
    """How far somebody read a discussion (only forward), and how much she wants to hear of it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="readers")
    last_read_number = models.PositiveIntegerField(default=0)
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.NORMAL)

    class Meta:
        verbose_name = "lettura"
        verbose_name_plural = "letture"
        indexes = [
            models.Index(
                fields=["topic"], condition=Q(level=Level.FOLLOWING), name="topic_followers"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="one_reading_per_topic")
        ]


class Participation(models.Model):
    """A body whose people wrote in a discussion, so that the map needs not read every post."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "partecipazione"
        verbose_name_plural = "partecipazioni"
        constraints = [
            models.UniqueConstraint(fields=["topic", "organisation"], name="one_body_per_topic")
        ]
