"""A tile for each Province, those that matter marked with a network's colour and a note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.organisations.reference import province_rows, tile_positions


def province_tiles(marks: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the tiles of the grid; ``marks`` gives network slug and note by sigla."""
    positions = tile_positions()
    found = []
    for row in province_rows():
        column, line = positions[row["sigla"]]
        network, note = marks.get(row["sigla"], ("", ""))
        found.append(
            {
                "sigla": row["sigla"],
                "name": row["name"],
                "column": column,
                "row": line,
                "network_slug": network,
                "note": note,
            }
        )
    return found
