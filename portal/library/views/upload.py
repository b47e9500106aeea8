"""Uploads of members and editors, and what became of them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.signed_in import person
from portal.core import access
from portal.library.access import get_document_for
from portal.library.audiences import audience_choices
from portal.library.failures import failure_text
from portal.library.forms import DocumentUploadForm, ProposalDecisionForm
from portal.library.intake_selectors import recognised_pages
from portal.library.models import Document
from portal.library.selectors import duplicates_set_aside, near_duplicates, uploads_of
from portal.library.services.proposals import decide_proposal
from portal.library.services.recognition import retry_recognition
from portal.library.services.versions import retry_extraction


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take one file with its metadata from somebody who has a verified body."""
    if not audience_choices(person(request)):
        return render(request, "library/upload_waiting.html", status=403)
    form = DocumentUploadForm(request.POST or None, request.FILES or None, user=person(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            document = form.save()
        messages.success(request, "Il file è arrivato: ora ne leggiamo le pagine.")
        return redirect(document)
    return render(
        request,
        "library/upload.html",
        {"form": form, "document": None},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the metadata and the audience of a document."""
    document = get_document_for(request.user, pk, role="editor")
    form = DocumentUploadForm(request.POST or None, instance=document, user=person(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            document = form.save()
        messages.success(request, "Le modifiche sono salvate.")
        return redirect(document)
    return render(
        request,
        "library/upload.html",
        {"form": form, "document": document},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List what the reader uploaded, with the state of each reading."""
    documents = uploads_of(person(request))
    return render(
        request,
        "library/mine.html",
        {
            "page": Paginator(documents, 20).get_page(request.GET.get("page")),
            "may_upload": bool(audience_choices(person(request))),
        },
    )


@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the state of a reading, as the fragment that the page asks for again and again."""
    document = get_document_for(request.user, pk)
    may_change = document.may_be_changed_by(request.user)
    return render(
        request,
        "library/_state.html",
        {
            "document": document,
            "version": document.current_version,
            "failure": failure_text(document.current_version),
            "recognised": (
                recognised_pages(document.current_version) if document.current_version else None
            ),
            "may_change": may_change,
            "near_duplicates": near_duplicates(request.user, document) if may_change else [],
            "set_aside": duplicates_set_aside(request.user, document) if may_change else [],
        },
    )


@login_required
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a failed reading again, or the recognition of the pages where it failed."""
    document = get_document_for(request.user, pk, role="editor")
    version = document.current_version
    if version and (retry_extraction(version) or retry_recognition(version)):
        messages.success(request, "Il file è di nuovo in coda.")
    return redirect(document)


@login_required
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """List what waits for the redazione."""
    if not access.is_staff(request.user):
        raise PermissionDenied
    proposed = Document.objects.kept().exclude(proposed_audience="")
    waiting = proposed.readable().order_by("created_at")
    page = Paginator(waiting.select_related("uploaded_by_user"), 20).get_page(
        request.GET.get("page")
    )
    return render(request, "library/proposals.html", {"page": page, "form": ProposalDecisionForm()})


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a proposal."""
    if not access.is_staff(request.user):
        raise PermissionDenied
    document = get_document_for(request.user, pk)
    form = ProposalDecisionForm(request.POST)
    if not form.is_valid():
        return render(
            request, "library/decide.html", {"document": document, "form": form}, status=422
        )
    approve = form.cleaned_data["decision"] == "approve"
    if decide_proposal(person(request), document, approve, form.cleaned_data["reason"]):
        messages.success(
            request, "Il documento è pubblico." if approve else "La proposta è chiusa."
        )
    else:
        messages.info(request, "La proposta era già stata decisa.")
    return redirect("library:proposals")
