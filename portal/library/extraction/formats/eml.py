"""EML: a mail as servers and PEC hand it over."""

from __future__ import annotations

from portal.library.extraction.formats.mail import pages, take

__all__ = ["pages", "take"]
