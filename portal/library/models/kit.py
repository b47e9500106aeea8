from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.core import access
from portal.library.models.document import Document

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Reader = AbstractBaseUser | AnonymousUser


class DocumentKitQuerySet(models.QuerySet["DocumentKit"]):
    """Filters with plain names."""

    def visible_to(self, user: Reader) -> DocumentKitQuerySet:
        """Keep the kits whose audience the reader belongs to, and her own."""
        if getattr(user, "is_superuser", False):
            return self
        visible = Q(audience__in=access.audience_tokens(user))
        if user.is_authenticated:
            visible |= Q(owner=user)
        return self.filter(visible)

    def editable_by(self, user: Reader) -> DocumentKitQuerySet:
        """Keep the kits that somebody may change: her own, for an editor all that she sees."""
        if not user.is_authenticated:
            return self.none()
        if access.is_staff(user):
            return self.visible_to(user)
        return self.filter(owner=user)


class DocumentKit(models.Model):
    """A raccolta: documents in a chosen order, with an introduction that says how to use them."""

    title = models.CharField("titolo", max_length=200)
    slug = models.SlugField("indirizzo", max_length=80, unique=True)
    introduction = models.TextField("introduzione", blank=True, max_length=5000)
    network = models.ForeignKey(
        "organisations.Network",
        verbose_name="rete",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="kits",
    )
    audience = models.CharField("chi la può leggere", max_length=40, default=access.PUBLIC)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="curata da",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="document_kits",
    )
    created_at = models.DateTimeField("creata il", auto_now_add=True)
    updated_at = models.DateTimeField("aggiornata il", auto_now=True)

    objects = DocumentKitQuerySet.as_manager()

    class Meta:
        verbose_name = "raccolta"
        verbose_name_plural = "raccolte"
        ordering = ["title", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(audience=""), name="kit_has_audience")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:kit", args=[self.slug])

    def may_be_changed_by(self, user: Reader) -> bool:
        """Tell whether somebody may change the kit: who made it or an editor."""
        if not user.is_authenticated:
            return False
        return self.owner_id == user.pk or access.is_staff(user)


class KitEntry(models.Model):
    """A document in its place within a kit."""

    kit = models.ForeignKey(DocumentKit, on_delete=models.CASCADE, related_name="entries")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="kit_entries")
    position = models.PositiveIntegerField("posizione")

    class Meta:
        verbose_name = "documento di una raccolta"
        verbose_name_plural = "documenti di una raccolta"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kit", "document"], name="unique_kit_document")
        ]

    def __str__(self) -> str:
        return f"{self.kit_id}: {self.document_id}"


class ArchiveState(models.TextChoices):
    """Where the making of a ZIP stands."""

    QUEUED = "queued", "in coda"
    BUILDING = "building", "in preparazione"
    READY = "ready", "pronto"
    FAILED = "failed", "non riuscito"


class KitArchive(models.Model):
    """A ZIP of the documents of a kit that one reader may see, kept for a day.

    ``fingerprint`` names the exact versions inside: whoever may read those, and only she, may
    take the file.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kit = models.ForeignKey(DocumentKit, on_delete=models.CASCADE, related_name="archives")
    fingerprint = models.CharField("impronta del contenuto", max_length=64)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="chiesto da",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    state = models.CharField(
        "stato", max_length=10, choices=ArchiveState.choices, default=ArchiveState.QUEUED
    )
    error = models.CharField("errore", max_length=200, blank=True)
    total = models.PositiveIntegerField("documenti")
    done = models.PositiveIntegerField("documenti messi", default=0)
    size = models.PositiveBigIntegerField("dimensione in byte", default=0)
    created_at = models.DateTimeField("chiesto il", auto_now_add=True)

    class Meta:
        verbose_name = "archivio di una raccolta"
        verbose_name_plural = "archivi delle raccolte"
        constraints = [
            models.UniqueConstraint(
                fields=["kit", "fingerprint"],
                condition=~Q(state="failed"),
                name="one_archive_of_a_content",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)
