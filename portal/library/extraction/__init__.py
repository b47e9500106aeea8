"""Text of files: what a file is, and what its pages say, read in a jailed child process.

Nothing here imports Django, so that the child starts quickly.
"""

from portal.library.extraction.errors import ERROR_TEXTS
from portal.library.extraction.model import (
    ExtractedPage,
    ExtractionResult,
    FileFormat,
    Limits,
    Member,
    Signature,
)
from portal.library.extraction.reading import extract
from portal.library.extraction.sniffing import SniffResult, sniff
from portal.library.extraction.tools import Tools

__all__ = [
    "ERROR_TEXTS",
    "ExtractedPage",
    "ExtractionResult",
    "FileFormat",
    "Limits",
    "Member",
    "Signature",
    "SniffResult",
    "Tools",
    "extract",
    "sniff",
]
