"""Documents of the library with a real small file, already read."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.core.files.base import ContentFile

from portal.core import access
from portal.library.models import Document, DocumentPage, DocumentVersion, VersionState

_numbers = count(1)
BLANK_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 280]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def document(
    *pages: str,
    audience: str = access.PUBLIC,
    name: str = "",
    content: bytes = b"",
    **fields: Any,
) -> Document:
    """Make a document with these pages of text; a plain text file unless another is given."""
    number = next(_numbers)
    networks = fields.pop("networks", [])
    made = Document(title=fields.pop("title", f"Documento {number}"), audience=audience, **fields)
    data = content or "\f".join(pages or ("Testo.",)).encode() + b"\n%d" % number
    made.file.save(name or f"documento-{number}.txt", ContentFile(data), save=False)
    made._set_document_file_metadata()
    made.save()
    made.networks.set(networks)
    version = made.current_version
    assert version is not None
    DocumentPage.objects.bulk_create(
        DocumentPage(version=version, number=position, label=f"p. {position}", text=text)
        for position, text in enumerate(pages or ("Testo.",), start=1)
    )
    DocumentVersion.objects.filter(pk=version.pk).update(
        state=VersionState.READY, page_count=len(pages) or 1
    )
    made.save(update_fields=["updated_at"])
    return Document.objects.get(pk=made.pk)
