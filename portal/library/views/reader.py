"""The reader: one page as picture and text, and the pictures themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.library.access import get_document_for
from portal.library.models import Document, DocumentPage, DocumentVersion, VersionState
from portal.library.pictures import drawable_file, page_picture, page_thumbnail
from portal.library.reading.annotating import MAX_PASSAGE, AnnotatedText
from portal.library.reading.citing import reference
from portal.library.reading.inside import search_inside
from portal.library.reading.structured import StructuredPage
from portal.library.reading.words import boxes_of, page_words
from portal.library.views.versions import to_version

NEIGHBOURS = 6
MAX_QUERY = 1000
# The picture's width in pixels for each zoom, in per cent of the column.
ZOOMS = {100: 1200, 150: 1800, 200: 2400}
COVER_WIDTH = 320


@dataclass(frozen=True)
class Asked:
    """What the address asks of the reader besides the page."""

    query: str
    passage: str
    zoom: int

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """Read the parameters; what makes no sense is as if it was not there."""
        typed = request.GET.get("zoom", "")
        zoom = int(typed) if typed.isdecimal() and len(typed) < 4 else 100
        return cls(
            request.GET.get("q", "")[:MAX_QUERY].replace("\x00", ""),
            request.GET.get("brano", "")[:MAX_PASSAGE].replace("\x00", ""),
            zoom if zoom in ZOOMS else 100,
        )

    def suffix(self, **changes: object) -> str:
        """Return what another page's address keeps: the query and the zoom, not the passage."""
        kept = {"q": self.query, "zoom": self.zoom, **changes}
        known = {name: value for name, value in kept.items() if value and value != 100}
        return f"?{urlencode(known)}" if known else ""


@require_safe
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show page N of a document with the words of ``q`` and the passage ``brano`` marked."""
    document = get_document_for(request.user, pk)
    if older := request.GET.get("versione", ""):
        return to_version(document, older, number)
    version = _readable_version(document)
    current = get_object_or_404(version.pages, number=number)
    asked = Asked.of(request)
    address = settings.PORTAL_BASE_URL + reverse("library:page", args=[pk, number])
    structured = StructuredPage(current.structure) if current.structure else None
    annotated = AnnotatedText(
        structured.text if structured and structured.blocks else current.text,
        asked.query,
        asked.passage,
        document.year,
    )
    has_picture = drawable_file(version) is not None
    words = page_words(version, current) if has_picture and (asked.query or asked.passage) else []
    marks, chosen = boxes_of(words, asked.query, asked.passage)
    steps = sorted(ZOOMS)
    place = steps.index(asked.zoom)
    return render(
        request,
        "library/reader.html",
        {
            "document": document,
            "version": version,
            "current": current,
            "asked": asked,
            "suffix": asked.suffix(),
            "structured_html": structured.html(annotated) if structured else "",
            "text_html": annotated.html(),
            "norms": {norm.label: norm for norm in annotated.norms}.values(),
            "inside": search_inside(version, asked.query),
            "neighbours": _neighbours(version, number),
            "previous": number - 1 if number > 1 else None,
            "next": number + 1 if number < version.page_count else None,
            "has_picture": has_picture,
            "picture_width": ZOOMS[asked.zoom],
            "rectangles": [_rectangle(box) for box in marks],
            "chosen_rectangles": [_rectangle(box) for box in chosen],
            "passage_missing": bool(asked.passage) and annotated.passage is None,
            "smaller": steps[place - 1] if place else None,
            "larger": steps[place + 1] if place + 1 < len(steps) else None,
            "smaller_suffix": asked.suffix(zoom=steps[max(place - 1, 0)]),
            "larger_suffix": asked.suffix(zoom=steps[min(place + 1, len(steps) - 1)]),
            "address": address,
            "reference": reference(document, current, address, timezone.localdate()),
        },
    )


@require_safe
def jump(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the page typed in the reader, the nearest one when it does not exist."""
    version = _readable_version(get_document_for(request.user, pk))
    typed = request.GET.get("pagina", "").strip()
    number = int(typed) if typed.isdecimal() and len(typed) < 9 else 1
    number = min(max(number, 1), version.page_count)
    target = redirect("library:page", pk=pk, number=number)
    target["Location"] += Asked.of(request).suffix()
    return target


@require_safe
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Return the picture of a page, drawn once and kept; ``larghezza`` is one of the zooms'."""
    version = _readable_version(get_document_for(request.user, pk))
    widths = {str(width): width for width in ZOOMS.values()}
    width = widths.get(request.GET.get("larghezza", ""), ZOOMS[100])
    return _picture(request, version, number, page_picture(version, _known(version, number), width))


@require_safe
def small(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Return the small picture of a page, for the strip of the pages."""
    version = _readable_version(get_document_for(request.user, pk))
    return _picture(request, version, number, page_thumbnail(version, _known(version, number)))


@require_safe
def thumbnail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return the small picture of the first page."""
    version = _readable_version(get_document_for(request.user, pk))
    return _picture(request, version, 1, page_picture(version, 1, COVER_WIDTH))


def _picture(
    request: HttpRequest, version: DocumentVersion, number: int, found: Path | None
) -> HttpResponseBase:
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


def _known(version: DocumentVersion, number: int) -> int:
    if not 1 <= number <= version.page_count:
        raise Http404
    return number


def _neighbours(version: DocumentVersion, number: int) -> list[DocumentPage]:
    """Return the pages around one, as many whether it is in the middle or at an end."""
    first = max(min(number - NEIGHBOURS, version.page_count - 2 * NEIGHBOURS), 1)
    pages = version.pages.filter(number__gte=first, number__lte=first + 2 * NEIGHBOURS)
    return list(pages.only("version", "number", "label").order_by("number"))


def _rectangle(box: tuple[float, float, float, float]) -> dict[str, str]:
    """Return a box in the thousandths of the picture's drawing."""
    x0, y0, x1, y1 = (edge * 1000 for edge in box)
    sizes = {"x": x0, "y": y0, "width": x1 - x0, "height": y1 - y0}
    return {name: f"{value:.1f}" for name, value in sizes.items()}


def _readable_version(document: Document) -> DocumentVersion:
    version = document.current_version
    if version is None or version.state != VersionState.READY or not version.page_count:
        raise Http404
    return version
