"""Pictures of pages, drawn by the jailed renderer and kept on disk beside the data."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db.models.fields.files import FieldFile

from portal.library.models import DocumentVersion
from portal.library.rendering import RenderingError, render_page
from portal.library.services.local_file import local_path
from portal.library.thumbnails import BATCH, THUMBNAIL_WIDTH, draw_thumbnails

# What could not be drawn is not tried again for so long.
VAIN_SECONDS = 3600


def drawable_file(version: DocumentVersion) -> FieldFile | None:
    """Return the PDF of which the pages are drawn, None for what is only text.

    It is the file itself, the one in a signed envelope, or the one made of an old format.
    """
    if version.drawn_file:
        made: FieldFile = version.drawn_file
        return made
    return version.readable_file if version.format == "pdf" else None


def folder_of(version: DocumentVersion) -> Path:
    """Return where the pictures of a file are kept; the same bytes share them."""
    folder: Path = settings.DATA_DIR / "pictures" / version.sha256[:2] / version.sha256
    return folder


def picture_name(number: int, width: int, rotation: int) -> str:
    """Return the name of the picture of a page; one that was turned has its own."""
    return f"{number}-{width}-{rotation}.webp" if rotation else f"{number}-{width}.webp"


def rotations_of(version: DocumentVersion, first: int, last: int) -> dict[int, int]:
    """Return the degrees clockwise that stand each page of a span upright, where it lies."""
    turned = version.pages.filter(number__gte=first, number__lte=last).exclude(rotation=0)
    return dict(turned.values_list("number", "rotation"))


def rotation_of(version: DocumentVersion, number: int) -> int:
    """Return the degrees clockwise that stand a page upright: a scan may lie on its side."""
    return rotations_of(version, number, number).get(number, 0)


def page_picture(version: DocumentVersion, number: int, width: int) -> Path | None:
    """Return the WebP picture of a page, drawn at the first request; None if it cannot be drawn."""
    rotation = rotation_of(version, number)
    kept = folder_of(version) / picture_name(number, width, rotation)
    file = drawable_file(version)
    if kept.exists() or file is None:
        return kept if file is not None else None
    with _drawing(kept) as scratch, local_path(file) as path:
        drawn = scratch / "page.webp"
        if kept.exists():
            return kept
        if _in_vain(kept):
            return None
        try:
            render_page(path, number, width, drawn, rotation)
        except RenderingError:
            _vain(kept).touch()
            return None
        drawn.replace(kept)
    return kept


def page_thumbnail(version: DocumentVersion, number: int) -> Path | None:
    """Return the small picture of a page; its neighbours are drawn with it, by one process."""
    folder = folder_of(version)
    first = (number - 1) // BATCH * BATCH + 1
    rotations = rotations_of(version, first, first + BATCH - 1)
    kept = folder / picture_name(number, THUMBNAIL_WIDTH, rotations.get(number, 0))
    file = drawable_file(version)
    if kept.exists() or file is None:
        return kept if file is not None else None
    with _drawing(kept) as scratch, local_path(file) as path:
        if kept.exists():
            return kept
        if _in_vain(kept):
            return None
        for drawn, page in draw_thumbnails(path, first, scratch, rotations):
            drawn.replace(folder / picture_name(page, THUMBNAIL_WIDTH, rotations.get(page, 0)))
    if kept.exists():
        return kept
    _vain(kept).touch()
    return None


def _vain(kept: Path) -> Path:
    """Return the mark of a picture that could not be drawn."""
    return kept.with_suffix(".vain")


def _in_vain(kept: Path) -> bool:
    """Tell whether drawing was tried not long ago: a hostile page takes all the time it may."""
    mark = _vain(kept)
    return mark.exists() and time.time() - mark.stat().st_mtime < VAIN_SECONDS


def forget_pictures(version: DocumentVersion) -> None:
    """Delete what was drawn of a file that no version has any more."""
    if not DocumentVersion.objects.filter(sha256=version.sha256).exists():
        shutil.rmtree(folder_of(version), ignore_errors=True)


@contextmanager
def _drawing(kept: Path) -> Iterator[Path]:
    """Give a scratch folder to one drawer of a file at a time; the others wait and find it done."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (kept.parent / "drawing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with tempfile.TemporaryDirectory(dir=kept.parent) as scratch:
            yield Path(scratch)
