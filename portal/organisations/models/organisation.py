from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q


class OrganisationKind(models.TextChoices):
    """Kinds of bodies that take part in the project."""

    PROVINCE = "province", "Provincia"
    METROPOLITAN_CITY = "metropolitan_city", "Città metropolitana"
    COMUNE = "comune", "Comune"
    REGION = "region", "Regione"
    UPI = "upi", "UPI"
    UPI_REGIONAL = "upi_regional", "UPI regionale"
    PCM = "pcm", "Presidenza del Consiglio dei Ministri"
    OTHER = "other", "Altro ente"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Filters with plain names."""

    def provinces(self) -> OrganisationQuerySet:
        """Keep the Provinces."""
        return self.filter(kind=OrganisationKind.PROVINCE)

    def for_email(self, email: str) -> OrganisationQuerySet:
        """Keep the bodies that own the domain of an address, or a parent of it."""
        labels = email.rpartition("@")[2].lower().split(".")
        domains = [".".join(labels[start:]) for start in range(len(labels) - 1)]
        return self.filter(domains__domain__in=domains).distinct()


class Organisation(models.Model):
    """A body (ente): Province, Comune, Region, UPI and whoever works with them."""

    kind = models.CharField("tipo", max_length=20, choices=OrganisationKind.choices)
    name = models.CharField("nome", max_length=150)
    sigla = models.CharField("sigla", max_length=2, blank=True)
    region = models.CharField("Regione", max_length=60, blank=True)
    nuts3 = models.CharField("NUTS 3", max_length=5, blank=True)
    istat_code = models.CharField("codice ISTAT", max_length=6, blank=True)
    ipa_code = models.CharField("codice IPA", max_length=20, blank=True)
    pec = models.EmailField("PEC", blank=True)
    website = models.URLField("sito", blank=True)
    parent_province = models.ForeignKey(
        "self",
        verbose_name="Provincia di appartenenza",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="territory",
        limit_choices_to={"kind": OrganisationKind.PROVINCE},
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "ente"
        verbose_name_plural = "enti"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["ipa_code"], condition=~Q(ipa_code=""), name="unique_ipa_code"
            ),
            models.UniqueConstraint(
                fields=["sigla"], condition=Q(kind="province"), name="unique_province_sigla"
            ),
            models.CheckConstraint(
                condition=~Q(kind="province") | ~Q(sigla=""), name="province_has_sigla"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name as an Italian reads it: ``Provincia di Treviso``, ``Comune di Asolo``."""
        prefix = {
            OrganisationKind.PROVINCE: "Provincia di",
            OrganisationKind.COMUNE: "Comune di",
            OrganisationKind.METROPOLITAN_CITY: "Città metropolitana di",
            OrganisationKind.REGION: "Regione",
        }.get(OrganisationKind(self.kind))
        return f"{prefix} {self.name}" if prefix else self.name


class OrganisationDomain(models.Model):
    """An e-mail domain that belongs to a body."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="domains", verbose_name="ente"
    )
    domain = models.CharField("dominio", max_length=120, unique=True)

    class Meta:
        verbose_name = "dominio e-mail"
        verbose_name_plural = "domini e-mail"
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.domain = self.domain.strip().lower().removeprefix("@")
        super().save(*args, **kwargs)


class ProvinceManager(models.Manager["Province"]):
    """Only the Provinces."""

    def get_queryset(self) -> models.QuerySet[Province]:
        return super().get_queryset().filter(kind=OrganisationKind.PROVINCE)


class Province(Organisation):
    """A Province: an Organisation of that kind."""

    objects = ProvinceManager()  # type: ignore[assignment,misc]

    class Meta:
        proxy = True
        verbose_name = "Provincia"
        verbose_name_plural = "Province"
        ordering = ["name"]
