"""Plain text, in whatever of the usual encodings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from portal.library.extraction.formats.sections import sections
from portal.library.extraction.model import Limits, PageText


def pages(path: str, limits: Limits) -> Iterator[PageText]:
    """Yield sections of a text; a form feed ends a page."""
    text = decoded(Path(path).read_bytes())
    parts = text.split("\f")
    paragraphs: list[str | None] = []
    for position, part in enumerate(parts):
        if position:
            paragraphs.append(None)
        paragraphs += [line for line in part.splitlines() if line.strip()]
    yield from sections(paragraphs)


def decoded(data: bytes) -> str:
    """Return bytes as text: UTF-8, UTF-16 with its mark, or Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
