"""What reading may use on this machine: limits and programs, as the settings say."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from portal.library.extraction import Limits, Tools
from portal.library.extraction.tools import find_office, find_tesseract


def extraction_limits() -> Limits:
    """Return the limits of the settings."""
    return Limits(
        max_pages=settings.LIBRARY_MAX_PAGES,
        max_unpacked_ratio=settings.LIBRARY_MAX_UNPACKED_RATIO,
        max_unpacked_size=settings.LIBRARY_MAX_UNPACKED_SIZE,
        memory=settings.LIBRARY_EXTRACTION_MEMORY,
        seconds=settings.LIBRARY_EXTRACTION_SECONDS,
    )


def office_tools() -> Tools:
    """Return what the reading of a file may use; the recognition of scans comes after it."""
    return Tools(
        office=find_office(settings.LIBRARY_OFFICE),
        conversion_memory=settings.LIBRARY_CONVERSION_MEMORY,
        conversion_seconds=settings.LIBRARY_EXTRACTION_SECONDS,
    )


def current_tools() -> Tools:
    """Return the programs that are there now; what is installed later needs no restart."""
    tesseract, without_language = find_tesseract(settings.LIBRARY_TESSERACT)
    return replace(
        office_tools(),
        tesseract=tesseract,
        without_language=without_language,
        recognition_memory=settings.LIBRARY_EXTRACTION_MEMORY,
        recognition_seconds=settings.LIBRARY_RECOGNITION_SECONDS,
    )
