"""CSV: the lines as they are, in sections."""

from __future__ import annotations

from portal.library.extraction.formats.txt import pages

__all__ = ["pages"]
