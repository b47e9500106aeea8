"""What news and events share: a network, a Province, a body of blocks, a list with filters."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.query import PageQuerySet

from portal.core.blocks import BodyStreamBlock
from portal.core.fields import SlimStreamField
from portal.core.pages import BasePage, visible_pages
from portal.news.forms import PeriodFilterForm

PAGE_SIZE = 12


class About(models.Model):
    """The network and the Province that a news item or an event is about, and its text."""

    network = models.ForeignKey(
        "organisations.Network",
        verbose_name="rete",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    province = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="Provincia",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": "province"},
    )
    body = SlimStreamField(BodyStreamBlock(), verbose_name="testo", blank=True)

    about_panels = [FieldPanel("network"), FieldPanel("province"), FieldPanel("body")]

    class Meta:
        abstract = True


class FilteredIndex(BasePage):
    """A list of pages below it that readers narrow by network, topic, Province and date."""

    item_model: str = ""

    class Meta:
        abstract = True

    def items(self, request: HttpRequest) -> PageQuerySet:
        """Return what the reader may see of the pages below."""
        raise NotImplementedError

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        items = self.items(request)
        form = PeriodFilterForm(request.GET, items)
        form.is_valid()
        page = Paginator(form.narrow(items), PAGE_SIZE).get_page(request.GET.get("page"))
        return {**context, "form": form, "page_of_items": page, "active_filters": form.active}


def visible_items(model: type[About], request: HttpRequest, below: BasePage) -> PageQuerySet:
    """Return the live pages of a type below another that the reader may see, joined for lists."""
    return visible_pages(
        request.user,
        model.objects.descendant_of(below),  # type: ignore[attr-defined]
    ).select_related("network", "province", "social_image")
