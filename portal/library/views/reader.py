"""The reader: one page as picture and text, and the pictures themselves."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from portal.core.highlighting import marked
from portal.library.access import get_document_for
from portal.library.models import Document, DocumentVersion, VersionState
from portal.library.pictures import page_picture

NEIGHBOURS = 2


@require_safe
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show page N of a document with the words of ``q`` marked."""
    document = get_document_for(request.user, pk)
    version = _readable_version(document)
    current = get_object_or_404(version.pages, number=number)
    query = request.GET.get("q", "")[:1000].replace("\x00", "")
    labels = list(
        version.pages.filter(number__gte=number - NEIGHBOURS, number__lte=number + NEIGHBOURS)
        .values("number", "label")
        .order_by("number")
    )
    return render(
        request,
        "library/reader.html",
        {
            "document": document,
            "version": version,
            "current": current,
            "marked_text": marked(current.text, query),
            "query": query,
            "neighbours": labels,
            "previous": number - 1 if number > 1 else None,
            "next": number + 1 if number < version.page_count else None,
            "has_picture": version.picture_file is not None,
        },
    )


@require_safe
def jump(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the page typed in the reader, the nearest one when it does not exist."""
    version = _readable_version(get_document_for(request.user, pk))
    typed = request.GET.get("pagina", "").strip()
    number = int(typed) if typed.isdecimal() and len(typed) < 9 else 1
    number = min(max(number, 1), version.page_count)
    query = request.GET.get("q", "")[:1000]
    target = redirect("library:page", pk=pk, number=number)
    if query:
        target["Location"] += f"?{urlencode({'q': query})}"
    return target


@require_safe
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Return the picture of a page, drawn once and kept."""
    return _picture(request, pk, number, width=1200)


@require_safe
def thumbnail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return the small picture of the first page."""
    return _picture(request, pk, 1, width=320)


def _picture(request: HttpRequest, pk: int, number: int, width: int) -> HttpResponseBase:
    document = get_document_for(request.user, pk)
    version = _readable_version(document)
    if version.picture_file is None or not 1 <= number <= version.page_count:
        raise Http404
    found = page_picture(version, number, width)
    if found is None:
        raise Http404
    etag = f'"{version.sha256[:20]}-{found.stem}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        response = FileResponse(found.open("rb"), content_type="image/webp")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _readable_version(document: Document) -> DocumentVersion:
    version = document.current_version
    if version is None or version.state != VersionState.READY or not version.page_count:
        raise Http404
    return version
