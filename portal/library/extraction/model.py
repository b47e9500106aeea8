"""The words of the extraction: formats, limits, pages, result."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from portal.library.extraction.structure import Structure


class FileFormat(Enum):
    """Formats whose pages can be read."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    XLSX = "xlsx"
    ODS = "ods"
    PPTX = "pptx"
    ODP = "odp"
    TXT = "txt"
    CSV = "csv"
    HTML = "html"
    P7M = "p7m"
    TSD = "tsd"
    M7M = "m7m"
    DOC = "doc"
    RTF = "rtf"
    XLS = "xls"
    PPT = "ppt"
    EML = "eml"
    MSG = "msg"
    ZIP = "zip"


# What holds one file, signed or time-stamped.
ENVELOPES = frozenset({FileFormat.P7M, FileFormat.TSD, FileFormat.M7M})


@dataclass(frozen=True)
class Limits:
    """What a reading may use: pages, bytes, unpacked bytes for each packed byte, CPU seconds."""

    max_pages: int = 3000
    max_unpacked_ratio: int = 100
    max_unpacked_size: int = 500 * 1024 * 1024
    memory: int = 512 * 1024 * 1024
    seconds: int = 120
    max_page_characters: int = 200_000
    max_characters: int = 20_000_000


@dataclass(frozen=True)
class ExtractedPage:
    """The text of one page, sheet, slide or section; ``scanned`` when a picture covers it."""

    number: int
    label: str
    text: str
    scanned: bool = False
    structure: Structure | None = None


class PageText(NamedTuple):
    """What a reader of a format yields for each page."""

    label: str
    text: str
    scanned: bool = False
    structure: Structure | None = None


@dataclass(frozen=True)
class Signature:
    """What a signature, or a time stamp, says of itself; nothing of it is verified.

    ``kind`` is ``cades``, ``pades``, ``counter`` or ``stamp``; ``level`` is 1 for the outermost
    envelope; moments are ISO 8601, empty when unknown.
    """

    kind: str
    level: int
    name: str
    organisation: str
    serial: str
    issuer: str
    signed_at: str = ""
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True)
class Member:
    """A file inside a mail or an archive: its place, its name as written there, its bytes."""

    position: int
    name: str
    size: int


@dataclass(frozen=True)
class InnerFile:
    """The file inside a signed envelope, unwrapped into the scratch folder."""

    path: Path
    name: str
    format: FileFormat | None
    mime: str


@dataclass(frozen=True)
class ExtractionResult:
    """The pages that were read, or the code of the reason why none was, and what came with them.

    ``drawn`` is the PDF made of an old office file, of which pictures can be drawn.
    """

    pages: list[ExtractedPage] = field(default_factory=list)
    error_code: str = ""
    truncated: bool = False
    signatures: list[Signature] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    inner: InnerFile | None = None
    drawn: Path | None = None


class UnreadableError(Exception):
    """A file that cannot be read, with the code of the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
