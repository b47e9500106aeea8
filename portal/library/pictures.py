"""Pictures of pages, drawn by the jailed renderer and kept on disk beside the data."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.conf import settings

from portal.library.models import DocumentVersion
from portal.library.rendering import RenderingError, render_page
from portal.library.services.local_file import local_path


def rotation_of(version: DocumentVersion, number: int) -> int:
    """Return the degrees clockwise that stand a page upright: a scan may lie on its side."""
    found = version.pages.filter(number=number).values_list("rotation", flat=True).first()
    return found or 0


def page_picture(version: DocumentVersion, number: int, width: int) -> Path | None:
    """Return the WebP picture of a page, drawn at the first request; None if it cannot be drawn."""
    folder = settings.DATA_DIR / "pictures" / version.sha256[:2] / version.sha256
    source = version.picture_file
    if source is None:
        return None
    rotation = rotation_of(version, number)
    turned = f"-{rotation}" if rotation else ""
    kept: Path = folder / f"{number}-{width}{turned}.webp"
    if kept.exists():
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch, local_path(source) as path:
        drawn = Path(scratch) / "page.webp"
        try:
            render_page(path, number, width, drawn, rotation)
        except RenderingError:
            return None
        drawn.replace(kept)
    return kept
