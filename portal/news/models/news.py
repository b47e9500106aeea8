from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.query import PageQuerySet

from portal.core.pages import BasePage
from portal.news.models.dated import About, FilteredIndex, visible_items
from portal.news.structured import news_data


class NewsIndexPage(FilteredIndex):
    """The list of the news."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1
    page_description = "L'elenco delle notizie, con filtri e feed."

    class Meta:
        verbose_name = "elenco delle notizie"

    def items(self, request: HttpRequest) -> PageQuerySet:
        """Return the news for the reader, newest first."""
        return visible_items(NewsPage, request, self).order_by("-date", "-pk")


class NewsPage(About, BasePage):
    """A news item."""

    date = models.DateField("data", default=timezone.localdate)

    content_panels = [*BasePage.content_panels, FieldPanel("date"), *About.about_panels]
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    page_description = "Una notizia: che cosa è successo, per chi conta."

    class Meta:
        verbose_name = "notizia"
        verbose_name_plural = "notizie"
        indexes = [models.Index(fields=["-date"])]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "structured_data": news_data(self, request)}
