"""The reference that people paste in their acts."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format

from portal.library.models import Document, DocumentPage


def reference(document: Document, page: DocumentPage, address: str, day: date) -> str:
    """Return title, body, year, page and permanent address of a page, with the day it was read."""
    parts = [f"«{document.title}»"]
    if document.organisation:
        parts.append(document.organisation.display_name)
    if document.protocol_number:
        parts.append(f"prot. {document.protocol_number}")
    if document.year:
        parts.append(str(document.year))
    parts.append(page.label)
    read = date_format(day, "j F Y").lower()
    return f"{', '.join(parts)}, {address} (consultato il {read})"
