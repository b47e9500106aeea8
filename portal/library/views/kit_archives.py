"""The ZIP of a raccolta: asked for, watched while it is made, downloaded."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.library.kit_selectors import get_kit_for
from portal.library.models import ArchiveState, DocumentKit, KitArchive
from portal.library.services import kits

GONE = "Questo ZIP non vale più: la raccolta è cambiata o è passato un giorno. Lo chieda di nuovo."


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the ZIP made of what the reader may see."""
    kit = get_kit_for(request.user, slug)
    archive = kits.request_archive(request.user, kit)
    if archive is None:
        messages.info(request, "In questa raccolta non c'è niente da scaricare.")
        return redirect(kit)
    return redirect("library:kit_archive", slug=slug, key=archive.key)


@never_cache
@require_safe
def state(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """Tell how far the ZIP is: a page, or the fragment that the page asks for again."""
    kit = get_kit_for(request.user, slug)
    archive = _takeable(request, kit, key)
    in_place = request.htmx  # type: ignore[attr-defined]
    if archive is None:
        messages.warning(request, GONE)
        if in_place:
            return HttpResponse(status=200, headers={"HX-Redirect": kit.get_absolute_url()})
        return redirect(kit)
    template = "library/_kit_archive.html" if in_place else "library/kit_archive.html"
    return render(request, template, {"kit": kit, "archive": archive, "hours": kits.KEEP_HOURS})


@never_cache
@require_safe
def download(request: HttpRequest, slug: str, key: UUID) -> HttpResponseBase:
    """Send the ZIP to a reader who may still see all that is in it."""
    kit = get_kit_for(request.user, slug)
    archive = _takeable(request, kit, key)
    if archive is None:
        messages.warning(request, GONE)
        return redirect(kit)
    if archive.state != ArchiveState.READY:
        return redirect("library:kit_archive", slug=slug, key=key)
    try:
        file = kits.archive_path(archive).open("rb")
    except FileNotFoundError:
        KitArchive.objects.filter(pk=archive.pk).delete()
        messages.warning(request, GONE)
        return redirect(kit)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{kit.slug}.zip",
        content_type="application/zip",
        headers={"X-Content-Type-Options": "nosniff", "Content-Length": str(archive.size)},
    )


def _takeable(request: HttpRequest, kit: DocumentKit, key: UUID) -> KitArchive | None:
    archive = KitArchive.objects.filter(kit=kit, key=key, created_at__gt=kits.expiry()).first()
    if archive is None:
        return None
    archive.kit = kit
    return archive if kits.may_take(request.user, archive) else None
