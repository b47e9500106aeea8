"""Headings with an anchor, and the index of a long page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from wagtail import blocks

INDEX_FROM = 3


class HeadingValue(blocks.StructValue):
    """A heading that knows where it can be linked."""

    @property
    def anchor_id(self) -> str:
        """The id of the heading in the page: the editor's, or the words of the title."""
        return self.get("anchor") or slugify(self.get("text") or "")[:60] or "sezione"


class HeadingBlock(blocks.StructBlock):
    """A title inside the page."""

    text = blocks.CharBlock(label="Titolo", max_length=160)
    level = blocks.ChoiceBlock(
        label="Livello", choices=[("h2", "Titolo"), ("h3", "Sottotitolo")], default="h2"
    )
    anchor = blocks.CharBlock(
        label="Ancora",
        required=False,
        max_length=60,
        help_text="Facoltativa: la parte dopo # nell'indirizzo. Se manca, deriva dal titolo.",
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        anchor = cleaned.get("anchor")
        if anchor and anchor != slugify(anchor):
            raise blocks.StructBlockValidationError(
                {
                    "anchor": ValidationError(
                        "L'ancora può contenere solo lettere minuscole non accentate, cifre e "
                        "trattini."
                    )
                }
            )
        return cleaned

    class Meta:
        icon = "title"
        label = "Titolo di sezione"
        template = "blocks/heading.html"
        value_class = HeadingValue
        description = "Un titolo dentro la pagina, raggiungibile con un collegamento."
        preview_value = {"text": "Chi può aderire", "level": "h2", "anchor": ""}


def anchors(body: Iterable[Any]) -> list[str | None]:
    """Return the anchor of each block of a body, None for what is not a heading."""
    return [
        block.value.anchor_id if block.block_type == "heading" else None for block in body or ()
    ]


def page_index(body: Iterable[Any]) -> list[dict[str, str]]:
    """Return title and anchor of the main headings of a body when they are enough for an index."""
    found = [
        {"title": block.value["text"], "anchor": block.value.anchor_id}
        for block in body or ()
        if block.block_type == "heading" and block.value.get("level") != "h3"
    ]
    return found if len(found) >= INDEX_FROM else []
