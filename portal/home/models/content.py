from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel

from portal.core.blocks import BodyStreamBlock, page_index
from portal.core.fields import SlimStreamField
from portal.core.pages import BasePage, visible_pages


class ContentPage(BasePage):
    """A page of text: the sections of the project, notes, contacts."""

    body = SlimStreamField(BodyStreamBlock(), verbose_name="contenuto", blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]
    page_description = "Una pagina di testo, anche con pagine sotto di sé."

    class Meta:
        verbose_name = "pagina"
        verbose_name_plural = "pagine"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["page_index"] = page_index(self.body)
        context["section_pages"] = list(
            visible_pages(request.user).child_of(self).type(ContentPage).order_by("path").specific()
        )
        return context
