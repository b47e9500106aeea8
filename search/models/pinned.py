"""Answers that the redazione puts first: words of a query, and objects in order."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from search.analysis import terms
from search.models.tuning import Tuned


class PinnedAnswer(Tuned, ClusterableModel):
    """The objects that the redazione shows first for a query."""

    query = models.CharField(
        "parole cercate",
        max_length=120,
        unique=True,
        help_text="L'ordine, il plurale e le parole vuote non contano: "
        "«convenzione SUA» vale anche per «le convenzioni della SUA».",
    )
    note = models.CharField(
        "perché", max_length=200, blank=True, help_text="Resta in redazione: chi cerca non lo vede."
    )
    active = models.BooleanField("attiva", default=True)

    class Meta:
        verbose_name = "risposta in evidenza"
        verbose_name_plural = "risposte in evidenza"
        ordering = ["query"]

    def __str__(self) -> str:
        return self.query

    def clean(self) -> None:
        """Refuse a query without words."""
        if not terms(self.query):
            raise ValidationError({"query": ["Servono una o più parole."]})

    def object_ids(self) -> list[str]:
        """Return the ids of the objects in order, as the index names them."""
        return [
            f"page:{item.page_id}" if item.page_id else f"document:{item.document_id}"
            for item in self.items.all()
            if item.page_id or item.document_id
        ]

    def in_words(self) -> str:
        titles = [str(item.page or item.document) for item in self.items.all()]
        state = "" if self.active else " (spenta)"
        return f"{self.query}{state}: {' · '.join(titles)}"


class PinnedItem(Orderable):
    """One object shown first: a page or a document."""

    answer = ParentalKey(PinnedAnswer, related_name="items", on_delete=models.CASCADE)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="pagina",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    document = models.ForeignKey(
        "library.Document",
        verbose_name="documento",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta(Orderable.Meta):
        verbose_name = "contenuto in evidenza"
        verbose_name_plural = "contenuti in evidenza"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, document__isnull=True)
                | models.Q(page__isnull=True, document__isnull=False),
                name="search_pinned_is_page_or_document",
            )
        ]

    def __str__(self) -> str:
        return str(self.page or self.document or "")

    def clean(self) -> None:
        """Ask for one of the two."""
        if bool(self.page_id) == bool(self.document_id):
            raise ValidationError("Scelga una pagina oppure un documento.")
