"""Raccolte: the list, one of them, and the making of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.signed_in import person
from portal.library.access import get_document_for
from portal.library.audiences import audience_label
from portal.library.kit_forms import DocumentKitForm, kit_audiences
from portal.library.kit_selectors import (
    candidates,
    documents_of_kit,
    get_kit_for,
    kits_for,
)
from portal.library.models import DocumentKit
from portal.library.services import kits

FULL = f"La raccolta ha già {kits.MAX_ENTRIES} documenti: ne faccia un'altra."


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the raccolte the reader may see."""
    page = Paginator(kits_for(request.user), 20).get_page(request.GET.get("page"))
    may_make = request.user.is_authenticated and bool(kit_audiences(request.user))
    return render(request, "library/kits.html", {"page": page, "may_make": may_make})


@require_safe
def kit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a raccolta with those of its documents that the reader may see, in order."""
    found = get_kit_for(request.user, slug)
    documents = list(documents_of_kit(request.user, found).readable())
    return render(
        request,
        "library/kit.html",
        {
            "kit": found,
            "documents": documents,
            "weight": sum(row.current_version.size for row in documents if row.current_version),
            "audience": audience_label(found.audience),
            "may_change": found.may_be_changed_by(request.user),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a raccolta; its documents are chosen on the next page."""
    if not kit_audiences(person(request)):
        return render(request, "library/upload_waiting.html", status=403)
    form = DocumentKitForm(request.POST or None, user=person(request))
    if request.method == "POST" and form.is_valid():
        made: DocumentKit = form.save(commit=False)
        made.owner = person(request)
        made.slug = kits.free_slug(made.title)
        made.save()
        messages.success(request, "La raccolta è pronta: ora ne scelga i documenti.")
        return redirect("library:kit_documents", slug=made.slug)
    return _form(request, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct title, introduction, network and readers of a raccolta; its address stays."""
    found = get_kit_for(request.user, slug, editor=True)
    form = DocumentKitForm(request.POST or None, instance=found, user=person(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Le modifiche sono salvate.")
        return redirect("library:kit", slug=slug)
    return _form(request, form, DocumentKit.objects.get(pk=found.pk))


def _form(request: HttpRequest, form: DocumentKitForm, found: DocumentKit | None) -> HttpResponse:
    return render(
        request,
        "library/kit_form.html",
        {"form": form, "kit": found},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, then delete a raccolta; its documents stay in the library."""
    found = get_kit_for(request.user, slug, editor=True)
    if request.method == "POST":
        found.delete()
        kits.clean_archives()
        messages.success(request, f"La raccolta «{found.title}» non c'è più.")
        return redirect("library:kits")
    return render(request, "library/kit_delete.html", {"kit": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose, order and take out the documents of a raccolta."""
    found = get_kit_for(request.user, slug, editor=True)
    query = (request.POST if request.method == "POST" else request.GET).get("q", "")
    query = query.replace("\x00", "")[:200]
    if request.method == "POST":
        _act(request, found)
        address = reverse("library:kit_documents", args=[slug])
        return redirect(f"{address}?{urlencode({'q': query})}" if query else address)
    return render(
        request,
        "library/kit_documents.html",
        {
            "kit": found,
            "documents": list(documents_of_kit(request.user, found).readable()),
            "query": query,
            "candidates": candidates(request.user, found, query),
        },
    )


def _act(request: HttpRequest, found: DocumentKit) -> None:
    """Do what a button of the page of the documents says, and say what was done."""
    action, _, typed = request.POST.get("azione", "").partition(":")
    if not typed.isdecimal() or len(typed) > 15:
        messages.error(request, "La richiesta non è comprensibile: riprovi da qui.")
        return
    pk = int(typed)
    if action in ("su", "giu"):
        kits.move_document(person(request), found, pk, up=action == "su")
    elif action == "togli":
        kits.remove_document(person(request), found, pk)
        messages.success(request, "Il documento non è più nella raccolta: resta in biblioteca.")
    elif action == "aggiungi":
        _add(request, found, pk)


def _add(request: HttpRequest, found: DocumentKit, pk: int) -> None:
    document = get_document_for(request.user, pk)
    try:
        added = kits.add_document(person(request), found, document)
    except kits.KitFullError:
        messages.error(request, FULL)
        return
    messages.success(
        request,
        f"«{document.title}» è nella raccolta «{found.title}»."
        if added
        else f"«{document.title}» era già nella raccolta.",
    )


@login_required
@require_POST
def add_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a document into one of the person's raccolte, from the document's own page."""
    document = get_document_for(request.user, pk)
    typed = request.POST.get("raccolta", "")
    editable = DocumentKit.objects.editable_by(request.user)
    known = int(typed) if typed.isdecimal() and len(typed) < 16 else 0
    _add(request, get_object_or_404(editable, pk=known), document.pk)
    return redirect(document)
