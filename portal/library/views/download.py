"""The one way out for the files: permission-checked, attachment, Range and conditional."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from portal.library.access import get_document_for, get_version_for
from portal.library.models import DocumentVersion

# What a browser may show by itself, inside the sandbox; everything else is saved.
INLINE = {"application/pdf", "text/plain"}
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@dataclass(frozen=True)
class _Stored:
    """A file on its way out."""

    file: FieldFile
    filename: str
    sha256: str
    size: int
    mime: str


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the original file of a document, byte for byte (RFC 9110 ranges and validators).

    With ``contenuto`` in the address, the file inside a signed envelope.
    """
    document = get_document_for(request.user, pk)
    if document.current_version is None:
        raise Http404
    return send_version(request, document.current_version)


@login_required
@require_safe
def download_version(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Send the file of an older version, or its content, to who may change the document."""
    return send_version(request, get_version_for(request.user, pk, number))


def send_version(request: HttpRequest, version: DocumentVersion) -> HttpResponseBase:
    """Send the file of a version to a reader who was let in already."""
    stored = _inner(version) if "contenuto" in request.GET else _original(version)
    if stored is None:
        raise Http404
    attached = stored.mime not in INLINE or "scarica" in request.GET
    etag = f'"{stored.sha256}"'
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(version.created_at.timestamp()),
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-cache",
    }
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    if settings.LIBRARY_ACCEL_REDIRECT:
        headers["X-Accel-Redirect"] = f"{settings.LIBRARY_ACCEL_REDIRECT}{stored.file.name}"
        headers["Content-Disposition"] = (
            content_disposition_header(attached, stored.filename) or "attachment"
        )
        return HttpResponse(headers=headers, content_type=_content_type(stored.mime))
    try:
        file = stored.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    start, end, status = _span(request, stored.size, etag)
    if status == 416:
        file.close()
        return HttpResponse(
            status=416, headers={**headers, "Content-Range": f"bytes */{stored.size}"}
        )
    if status == 206:
        headers["Content-Range"] = f"bytes {start}-{end}/{stored.size}"
    file.seek(start)
    response = FileResponse(
        _Slice(file, end - start + 1),
        as_attachment=attached,
        filename=stored.filename,
        content_type=_content_type(stored.mime),
        status=status,
        headers=headers,
    )
    response.headers["Content-Length"] = str(end - start + 1)
    return response


def _original(version: DocumentVersion) -> _Stored:
    return _Stored(version.file, version.filename, version.sha256, version.size, version.mime)


def _inner(version: DocumentVersion) -> _Stored | None:
    if not version.inner_file:
        return None
    return _Stored(
        version.inner_file,
        version.inner_filename,
        version.inner_sha256,
        version.inner_size,
        version.inner_mime,
    )


def _content_type(mime: str) -> str:
    if mime == "text/plain":
        return "text/plain; charset=utf-8"
    return mime if mime in INLINE else "application/octet-stream"


def _span(request: HttpRequest, size: int, etag: str) -> tuple[int, int, int]:
    """Return first byte, last byte and status of the answer to a Range (RFC 9110, 14.2)."""
    wanted = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if wanted is None or not any(wanted.groups()) or request.headers.get("If-Range", etag) != etag:
        return 0, size - 1, 200
    first, last = wanted.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    return (start, end, 206) if start <= end and start < size else (0, 0, 416)


class _Slice:
    """The next bytes of an open file, and no more."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self.file = file
        self.left = length

    def read(self, size: int = -1) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        data = self.file.read(wanted)
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.file.close()
