"""Writes the demonstration files of the library, the same bytes every time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from portal.library.demo.source import Source, read_sources
from portal.library.demo.writers import write


@dataclass(frozen=True)
class DemoFile:
    """A file on disk and what the library says of it.

    ``audience`` is ``public``, ``members``, ``staff`` or ``organisation:<sigla>``; ``province``
    is the sigla of the body that shares the document; ``networks`` are the slugs of the networks.
    """

    path: Path
    title: str
    description: str
    kind: str
    networks: tuple[str, ...]
    province: str | None
    date: dt.date
    tags: tuple[str, ...]
    audience: str
    archived: bool = False

    @property
    def year(self) -> int:
        """The year of the document."""
        return self.date.year


def build_files(target: Path) -> list[DemoFile]:
    """Write every demonstration file into a folder and return them in a fixed order."""
    target.mkdir(parents=True, exist_ok=True)
    return [_build(source, target) for source in read_sources()]


def _build(source: Source, target: Path) -> DemoFile:
    path = target / source.filename
    path.write_bytes(write(source))
    return DemoFile(
        path=path,
        title=source.title,
        description=source.description,
        kind=source.kind,
        networks=source.networks,
        province=source.province,
        date=source.date,
        tags=source.tags,
        audience=source.audience,
        archived=source.archived,
    )
