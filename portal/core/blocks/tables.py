"""Tables that a screen reader can follow: caption, column headers, row headers."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from portal.core.blocks.text import SHORT_FEATURES, text_block


class TableBlock(TypedTableBlock):
    """A table with a caption; a column may hold the headers of its rows."""

    row_header = blocks.CharBlock(label="Intestazione di riga", required=False, max_length=200)
    text = blocks.CharBlock(label="Testo", required=False, max_length=500)
    number = blocks.CharBlock(label="Numero", required=False, max_length=40)
    rich_text = text_block(label="Testo con collegamenti", required=False, features=SHORT_FEATURES)

    def clean(self, table: TypedTable) -> TypedTable:
        """Refuse a table without caption, rows or the name of a column."""
        cleaned: TypedTable = super().clean(table)
        problems = []
        if not (cleaned.caption or "").strip():
            problems.append("La tabella deve avere una didascalia.")
        if not cleaned.columns or not cleaned.row_data:
            problems.append("La tabella deve avere almeno una colonna e una riga.")
        if any(not (column["heading"] or "").strip() for column in cleaned.columns):
            problems.append("Ogni colonna deve avere un'intestazione.")
        if problems and not self.is_deferred_validation:
            raise TypedTableBlockValidationError(non_block_errors=problems)
        return cleaned

    def get_preview_value(self) -> Any:
        return self.to_python(
            {
                "caption": "Le Province capofila",
                "columns": [
                    {"type": "row_header", "heading": "Settore"},
                    {"type": "text", "heading": "Provincia"},
                ],
                "rows": [
                    {"values": ["Stazione unica appaltante", "Treviso"]},
                    {"values": ["Politiche europee", "Brescia"]},
                ],
            }
        )

    class Meta:
        icon = "table"
        label = "Tabella"
        template = "blocks/table.html"
        description = "Una tabella con didascalia e intestazioni."
