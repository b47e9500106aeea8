from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from communities.roles import memberships_of
from portal.core.access import space_token
from portal.core.pages import visible_pages

if TYPE_CHECKING:
    from communities.roles import Reader

# Words that stand in the addresses in the place of a space.
TAKEN = frozenset({"discussioni", "interventi", "segnalazioni", "adesioni"})


class JoinPolicy(models.TextChoices):
    """How a verified person gets in."""

    OPEN = "aperta", "chiunque abbia un ente verificato"
    REQUEST = "richiesta", "su richiesta, decide chi modera"


class SpaceQuerySet(models.QuerySet["Space"]):
    """Filters with plain names."""

    def visible_to(self, user: Reader) -> SpaceQuerySet:
        """Keep the spaces that somebody may know of: her own, and those whose page she sees."""
        if getattr(user, "is_superuser", False):
            return self
        from communities.models.page import SpacePage

        pages = visible_pages(user, SpacePage.objects.all()).values("space")
        return self.filter(Q(pk__in=pages) | Q(pk__in=list(memberships_of(user))))


class Space(models.Model):
    """A room where members of the networks discuss; its page tells the public what it is."""

    slug = models.SlugField("codice nell'indirizzo", max_length=60, unique=True)
    name = models.CharField("nome", max_length=80)
    network = models.ForeignKey(
        "organisations.Network",
        verbose_name="rete",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="spaces",
    )
    join_policy = models.CharField(
        "chi può entrare", max_length=10, choices=JoinPolicy.choices, default=JoinPolicy.REQUEST
    )
    created_at = models.DateTimeField("creato il", auto_now_add=True)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = "spazio"
        verbose_name_plural = "spazi"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:topics", args=[self.slug])

    def clean(self) -> None:
        if self.slug in TAKEN:
            raise ValidationError(
                {"slug": "Questa parola serve agli indirizzi: ne scelga un'altra."}
            )

    @property
    def token(self) -> str:
        """The audience token of who is in the space."""
        return space_token(self.pk)

    @property
    def trail(self) -> list[tuple[str, str]]:
        """Title and address of what stands above the discussions."""
        return [("Comunità", "/comunita/"), (self.name, self.get_absolute_url())]

    @property
    def network_slug(self) -> str:
        """The network whose colour the space wears, an empty string for none."""
        return self.network.slug if self.network else ""
