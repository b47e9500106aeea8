"""Writes the files that are attached to the demonstration posts."""

from __future__ import annotations

from pathlib import Path

from portal.library.demo.source import read_sources
from portal.library.demo.writers import write

FILES = Path(__file__).parent / "files"


class DemoFiles(dict[str, tuple[str, bytes]]):
    """Name and content of each file by the name of its text, written when it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._sources = {Path(source.filename).stem: source for source in read_sources(FILES)}

    def __missing__(self, stem: str) -> tuple[str, bytes]:
        source = self._sources[stem]
        self[stem] = source.filename, write(source)
        return self[stem]
