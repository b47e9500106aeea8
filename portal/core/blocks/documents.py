"""Documents of the library inside a page, each reader seeing those she may read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock


def visible_documents(reader: Any, chosen: Iterable[Any]) -> list[Any]:
    """Return the chosen documents that a reader may see, in the given order."""
    keys = list(dict.fromkeys(document.pk for document in chosen if document is not None))
    if not keys:
        return []
    visible = get_document_model().objects.visible_to(reader).filter(pk__in=keys)
    found = {document.pk: document for document in visible.readable()}
    return [found[pk] for pk in keys if pk in found]


class DocumentsBlock(blocks.ListBlock):
    """A list of documents with format and size."""

    def __init__(self, child_block: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("min_num", 1)
        super().__init__(child_block or DocumentChooserBlock(label="Documento"), **kwargs)

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        request = context.get("request")
        reader = getattr(request, "user", None) or AnonymousUser()
        context["documents"] = visible_documents(reader, value)
        return context

    def get_preview_value(self) -> Any:
        return self.to_python(
            list(get_document_model().objects.order_by("pk").values_list("pk", flat=True)[:3])
        )

    class Meta:
        icon = "doc-full"
        label = "Documenti"
        template = "blocks/documents.html"
        description = "Documenti della biblioteca: ciascuno vede quelli che può leggere."
