from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.query import PageQuerySet

from portal.core.blocks import visible_documents
from portal.core.fields import SlimStreamField
from portal.core.pages import BasePage
from portal.news.models.dated import About, FilteredIndex, visible_items
from portal.news.structured import event_data


class EventMode(models.TextChoices):
    """Where one takes part."""

    PRESENCE = "presenza", "in presenza"
    ONLINE = "online", "online"
    MIXED = "mista", "in presenza e online"


class EventIndexPage(FilteredIndex):
    """The list of the events: those to come, and the past ones on demand."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.EventPage"]
    max_count_per_parent = 1
    page_description = "L'elenco degli eventi, con filtri, mese e calendario."

    class Meta:
        verbose_name = "elenco degli eventi"

    def items(self, request: HttpRequest) -> PageQuerySet:
        """Return the events for the reader: coming ones in order, or past ones backwards."""
        found = visible_items(EventPage, request, self)
        if self.shows_past(request):
            return found.filter(end__lt=timezone.now()).order_by("-start", "-pk")
        return found.filter(end__gte=timezone.now()).order_by("start", "pk")

    def shows_past(self, request: HttpRequest) -> bool:
        """Tell whether the past is asked for, or is all there is."""
        asked = request.GET.get("quando", "")
        if asked in ("passati", "prossimi"):
            return asked == "passati"
        coming = EventPage.objects.live().descendant_of(self).filter(end__gte=timezone.now())
        return not coming.exists()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        return {**context, "past": self.shows_past(request), "today": today}


class EventPage(About, BasePage):
    """An event with its place and times."""

    start = models.DateTimeField("inizio")
    end = models.DateTimeField("fine")
    mode = models.CharField(
        "modalità", max_length=10, choices=EventMode.choices, default=EventMode.PRESENCE
    )
    place = models.CharField(
        "luogo", max_length=250, help_text="Sala e indirizzo, oppure come ci si collega."
    )
    documents = SlimStreamField(
        [("document", DocumentChooserBlock(label="Documento"))],
        verbose_name="documenti",
        blank=True,
    )

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldRowPanel([FieldPanel("mode"), FieldPanel("place")]),
        *About.about_panels,
        FieldPanel("documents"),
    ]
    parent_page_types = ["news.EventIndexPage"]
    subpage_types: list[str] = []
    page_description = "Un appuntamento con data, luogo e documenti."

    class Meta:
        verbose_name = "evento"
        verbose_name_plural = "eventi"
        indexes = [models.Index(fields=["start"])]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="event_ends_after_start")
        ]

    def clean(self) -> None:
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": "La fine viene prima dell'inizio."})

    @property
    def when(self) -> str:
        """The hours in a line: ``10:00 – 12:30``, with days when there are more than one."""
        start, end = timezone.localtime(self.start), timezone.localtime(self.end)
        if start.date() == end.date():
            return f"{start:%H:%M} – {end:%H:%M}"
        return f"{start:%d/%m/%Y %H:%M} – {end:%d/%m/%Y %H:%M}"

    @property
    def row_text(self) -> str:
        """The line of the lists under the title."""
        where = "online" if self.mode == EventMode.ONLINE else self.place
        return f"{self.when} · {where}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "structured_data": event_data(self, request),
            "documents": visible_documents(request.user, [block.value for block in self.documents]),
            "over": self.end < timezone.now(),
        }
