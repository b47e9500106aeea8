"""Many files at once: the page that takes them, the chunks of the browser, the confirmation.

Without JavaScript a plain form sends all the files and leads to the same confirmation.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.signed_in import person
from portal.core.templatetags.portal_tags import peso
from portal.library.audiences import audience_choices
from portal.library.incoming_forms import CommonDataForm, MultipleFileInput, forms_for
from portal.library.models import IncomingFile, IncomingState
from portal.library.services import incoming

CHUNK = 1024 * 1024


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Take many files, and offer to finish what was interrupted."""
    if not audience_choices(person(request)):
        return render(request, "library/upload_waiting.html", status=403)
    error = ""
    refused: list[tuple[str, str]] = []
    if request.method == "POST":
        uploads = request.FILES.getlist("files")
        if not uploads:
            error = "Scelga almeno un file."
        for upload in uploads:
            try:
                item = incoming.receive_whole(person(request), upload)
            except incoming.RefusedError as problem:
                refused.append((upload.name or "", str(problem)))
            else:
                if item.state == IncomingState.REFUSED:
                    refused.append((item.filename, item.error))
        if uploads and not refused:
            return redirect("library:incoming_review")
    items = list(_of(request).select_related("existing"))
    return render(
        request,
        "library/incoming.html",
        {
            "widget": MultipleFileInput(attrs={"id": "id_files"}).render("files", None),
            "error": error,
            "refused": refused,
            "unfinished": [item for item in items if item.state == IncomingState.RECEIVING],
            "confirmable": [item for item in items if item.state in incoming.CONFIRMABLE],
            "max_files": incoming.MAX_FILES,
            "max_size": filesizeformat(settings.LIBRARY_MAX_FILE_SIZE),
            "keep_days": incoming.KEEP_DAYS,
            "chunk": CHUNK,
        },
        status=422 if error or refused else 200,
    )


@login_required
@require_POST
def announce_file(request: HttpRequest) -> HttpResponse:
    """Make room for a file that the browser is about to send in chunks."""
    try:
        sent = json.loads(request.body)
        name, size, modified = str(sent["name"]), int(sent["size"]), int(sent["modified"])
        if abs(size) > 2**53 or abs(modified) > 2**53:
            raise ValueError
    except (ValueError, KeyError, TypeError, OverflowError, RequestDataTooBig):
        return _refusal("La richiesta non è comprensibile: ricarichi la pagina.", 422)
    try:
        item = incoming.announce(person(request), name, size, modified)
    except incoming.RefusedError as problem:
        return _refusal(str(problem), 422)
    return _told(item)


@login_required
@require_safe
def item_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell how much of a file arrived, with the fingerprint of that part."""
    item = get_object_or_404(_of(request), pk=pk)
    arriving = item.state == IncomingState.RECEIVING
    return _told(item, sha256=incoming.sha256_received(item) if arriving else item.sha256)


@login_required
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one chunk: ``?da=`` says where it begins, ``X-Checksum`` is its SHA-256."""
    item = get_object_or_404(_of(request), pk=pk)
    offset = request.GET.get("da", "")
    if not offset.isdecimal() or len(offset) > 15:
        return _refusal("La richiesta non è comprensibile: ricarichi la pagina.", 400)
    try:
        data = request.body
        item = incoming.receive(item, int(offset), data, request.headers.get("X-Checksum", ""))
    except RequestDataTooBig:
        return _refusal("La parte del file è troppo grande: ricarichi la pagina.", 413)
    except incoming.OffsetError as problem:
        return JsonResponse({"received": problem.received}, status=409)
    except incoming.RefusedError as problem:
        return _refusal(str(problem), 422)
    except OSError:
        return _refusal("Sul server non c'è spazio: riprovi più tardi.", 507)
    return _told(item)


@login_required
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a file from its first byte, because the one chosen now is another."""
    item = get_object_or_404(_of(request), pk=pk)
    incoming.start_again(item)
    item.refresh_from_db()
    return _told(item)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file that was not published."""
    item = get_object_or_404(_of(request), pk=pk)
    incoming.discard(person(request), item)
    messages.success(request, f"«{item.filename}» non è più tra i file da confermare.")
    return redirect("library:incoming")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Show what the files say of themselves, let it be corrected, then publish."""
    if not audience_choices(person(request)):
        return render(request, "library/upload_waiting.html", status=403)
    items = list(_of(request).filter(state__in=incoming.CONFIRMABLE).select_related("user"))
    waiting = sum(item.state == IncomingState.READING for item in items)
    posted = request.method == "POST"
    if not items:
        return redirect("library:incoming")
    common = CommonDataForm(request.POST if posted else None, user=person(request))
    each = (
        []
        if waiting and not posted and "subito" not in request.GET
        else forms_for(person(request), items, request.POST if posted else None)
    )
    if posted and all([common.is_valid(), *[form.is_valid() for form in each]]):
        chosen = [form for form in each if form.cleaned_data.get("publish")]
        made = [
            incoming.publish(person(request), form.item, form.with_common(common.cleaned_data))
            for form in chosen
        ]
        count = sum(document is not None for document in made)
        if count:
            messages.success(
                request,
                "Un documento è in biblioteca: ora ne leggiamo le pagine."
                if count == 1
                else f"{count} documenti sono in biblioteca: ora ne leggiamo le pagine.",
            )
        else:
            messages.info(request, "Nessun file era scelto: restano da confermare.")
        return redirect("library:incoming_review" if len(chosen) < len(items) else "library:mine")
    return render(
        request,
        "library/incoming_review.html",
        {
            "common": common,
            "forms": each,
            "waiting": waiting,
            "ready": len(items) - waiting,
            "total": len(items),
            "wrong": [form for form in each if form.is_bound and form.errors],
            "provinces": sorted({body.name for body in each[0].provinces.values()}) if each else [],
        },
        status=422 if posted else 200,
    )


@login_required
@require_safe
def reading(request: HttpRequest) -> HttpResponse:
    """Return how far the reading is, as the fragment that the confirmation asks for again."""
    states = list(
        _of(request).filter(state__in=incoming.CONFIRMABLE).values_list("state", flat=True)
    )
    waiting = states.count(IncomingState.READING)
    response = render(
        request,
        "library/_incoming_reading.html",
        {"waiting": waiting, "ready": len(states) - waiting, "total": len(states)},
    )
    if not waiting:
        response.headers["HX-Refresh"] = "true"
    return response


def _of(request: HttpRequest) -> QuerySet[IncomingFile]:
    return IncomingFile.objects.filter(user=request.user.pk).exclude(state=IncomingState.PUBLISHED)


def _told(item: IncomingFile, **more: Any) -> JsonResponse:
    return JsonResponse(
        {
            "id": item.pk,
            "size": item.size,
            "weight": peso(item.size),
            "received": item.received,
            "state": item.state,
            "error": item.error,
            "existing": item.existing.get_absolute_url() if item.existing else "",
            "existing_title": item.existing.title if item.existing else "",
            **more,
        }
    )


def _refusal(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
