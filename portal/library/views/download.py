"""The one way out for the files: permission-checked, attachment, Range and conditional."""

from __future__ import annotations

import re
from typing import IO

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from portal.library.access import get_document_for

# What a browser may show by itself, inside the sandbox; everything else is saved.
INLINE = {"application/pdf", "text/plain"}
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the original file of a document, byte for byte (RFC 9110 ranges and validators)."""
    document = get_document_for(request.user, pk)
    version = document.current_version
    if version is None:
        raise Http404
    etag = f'"{version.sha256}"'
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(version.created_at.timestamp()),
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": content_disposition_header(
            version.mime not in INLINE or "scarica" in request.GET, version.filename
        )
        or "attachment",
    }
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    mime = version.mime if version.mime in INLINE else "application/octet-stream"
    if version.mime == "text/plain":
        mime = "text/plain; charset=utf-8"
    headers["Content-Type"] = mime
    if settings.LIBRARY_ACCEL_REDIRECT:
        headers["X-Accel-Redirect"] = settings.LIBRARY_ACCEL_REDIRECT + version.file.name
        return HttpResponse(headers=headers)
    try:
        file = version.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return _ranged(request, file, version.size, etag, headers)


def _ranged(
    request: HttpRequest, file: IO[bytes], size: int, etag: str, headers: dict[str, str]
) -> HttpResponseBase:
    wanted = RANGE.fullmatch(request.headers.get("Range", "").strip())
    current = request.headers.get("If-Range", etag) == etag
    if wanted is None or not current or not any(wanted.groups()):
        return FileResponse(file, headers={**headers, "Content-Length": str(size)})
    first, last = wanted.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end or start >= size:
        file.close()
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    file.seek(start)
    return FileResponse(
        _Slice(file, end - start + 1),
        status=206,
        headers={
            **headers,
            "Content-Length": str(end - start + 1),
            "Content-Range": f"bytes {start}-{end}/{size}",
        },
    )


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
