"""Reads the texts of the demonstration library: a TOML heading, then the body.

A text with ``variants`` in its heading makes one document for each of them, its ``{words}``
replaced by the variant's own.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.library.demo.blocks import Block, parse

TEXTS = Path(__file__).parent / "texts"
FENCE = "+++\n"
VARIANTS = "[[variants]]"


@dataclass(frozen=True)
class Source:
    """One document to be written: what it says of itself and its blocks."""

    filename: str
    format: str
    title: str
    description: str
    kind: str
    networks: tuple[str, ...]
    province: str | None
    date: dt.date
    tags: tuple[str, ...]
    audience: str
    author: str
    runner: str
    layout: str
    archived: bool
    blocks: tuple[Block, ...]

    @property
    def moment(self) -> dt.datetime:
        """Return the instant written in the file's own metadata, in UTC."""
        return dt.datetime.combine(self.date, dt.time(9), dt.UTC)


def read_sources(folder: Path = TEXTS) -> Iterator[Source]:
    """Yield every document of a folder, the demonstration library's own, in order of name."""
    for path in sorted(folder.rglob("*.md")):
        yield from _read(path)


def _read(path: Path) -> Iterator[Source]:
    _, heading, body = path.read_text(encoding="utf-8").split(FENCE, 2)
    # The variants end the heading: above them stand the lines that they fill in.
    heading, _, rest = heading.partition(VARIANTS)
    if not rest:
        yield _source(path.stem, heading, body)
        return
    for words in tomllib.loads(VARIANTS + rest)["variants"]:
        yield _source(
            f"{path.stem}-{words['sigla'].lower()}", _fill(heading, words), _fill(body, words)
        )


def _fill(text: str, words: dict[str, object]) -> str:
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", str(word))
    return text


def _source(stem: str, heading: str, body: str) -> Source:
    about = tomllib.loads(heading)
    extension = about["format"]
    layout = about.get("layout", "atto")
    signed = about.get("signed", False)
    return Source(
        filename=f"{stem}.{extension}.p7m" if signed else f"{stem}.{extension}",
        format="signed" if signed else "scan" if layout == "scansione" else extension,
        title=about["title"],
        description=about["description"],
        kind=about["kind"],
        networks=tuple(about["networks"]),
        province=about.get("province"),
        date=about["date"],
        tags=tuple(about["tags"]),
        audience=about.get("audience", "public"),
        author=about["author"],
        runner=about.get("runner", about["title"]),
        layout=layout,
        archived=about.get("archived", False),
        blocks=tuple(parse(body)),
    )
