"""The words of the extraction: formats, limits, pages, result."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
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
    """The text of one page, sheet, slide or section."""

    number: int
    label: str
    text: str
    structure: Structure | None = None


class PageText(NamedTuple):
    """What a reader of a format yields for each page."""

    label: str
    text: str
    structure: Structure | None = None


@dataclass(frozen=True)
class ExtractionResult:
    """The pages that were read, or the code of the reason why none was."""

    pages: list[ExtractedPage] = field(default_factory=list)
    error_code: str = ""
    truncated: bool = False


class UnreadableError(Exception):
    """A file that cannot be read, with the code of the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
