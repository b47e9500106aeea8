"""The tile grid of Italy: the portal's mark, its map and its generated pictures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

STEP = 28
SIDE = 25
# Size of a pattern in tiles, and how many of its tiles out of 256 take each tone.
COLUMNS, ROWS = 15, 6
TONES = (("a", 200), ("b", 224), ("c", 240), ("d", 256))


@dataclass(frozen=True)
class TileGrid:
    """Tiles with their place in a drawing of ``width`` × ``height`` units."""

    tiles: list[dict[str, Any]]

    @property
    def width(self) -> int:
        """The right edge of the last column."""
        return max((tile["column"] for tile in self.tiles), default=0) * STEP + SIDE

    @property
    def height(self) -> int:
        """The lower edge of the last row."""
        return max((tile["row"] for tile in self.tiles), default=0) * STEP + SIDE

    @property
    def placed(self) -> list[dict[str, Any]]:
        """The tiles with the coordinates of square and letters."""
        return [
            {
                **tile,
                "x": tile["column"] * STEP,
                "y": tile["row"] * STEP,
                "text_x": tile["column"] * STEP + SIDE / 2,
                "text_y": tile["row"] * STEP + SIDE / 2 + 3.5,
            }
            for tile in self.tiles
        ]

    @property
    def noted(self) -> list[dict[str, Any]]:
        """The tiles that say more than their name."""
        return [tile for tile in self.tiles if tile.get("note")]


def pattern(seed: str, network_slug: str = "") -> SafeString:
    """Return a decorative SVG of tiles in a network's colour; the same seed gives the same."""
    digest = b"".join(
        hashlib.sha256(f"{seed}{turn}".encode()).digest()
        for turn in range(COLUMNS * ROWS // 32 + 1)
    )
    paths: dict[str, list[str]] = {tone: [] for tone, _ in TONES}
    for place in range(COLUMNS * ROWS):
        tone = next(name for name, below in TONES if digest[place] < below)
        column, row = place % COLUMNS, place // COLUMNS
        paths[tone].append(f"M{column * 20 + 2} {row * 20 + 2}h16v16h-16z")
    drawn = format_html_join(
        "",
        '<path class="{}" d="{}"></path>',
        ((tone, "".join(d)) for tone, d in paths.items() if d),
    )
    return format_html(
        '<svg class="pattern{}" viewBox="0 0 {} {}" preserveAspectRatio="xMidYMid slice" '
        'aria-hidden="true" focusable="false">{}</svg>',
        f" network-{network_slug}" if network_slug else "",
        COLUMNS * 20,
        ROWS * 20,
        drawn,
    )
