"""The library's front: browse, and the page of one document."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.core import access
from portal.library.access import get_document_for
from portal.library.audiences import audience_choices, audience_label
from portal.library.failures import failure_text
from portal.library.forms import DocumentFilterForm, ProposalDecisionForm
from portal.library.intake_selectors import members_for, recognised_pages, source_for
from portal.library.kit_selectors import kits_open_to, kits_with
from portal.library.models import Document, SignatureKind
from portal.library.norm_selectors import norms_of
from portal.library.pictures import drawable_file
from portal.library.selectors import (
    browse_documents,
    duplicates_set_aside,
    near_duplicates,
    related_documents,
    similar_documents,
)

PAGE_SIZE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the documents for the reader, with filters."""
    visible = Document.objects.visible_to(request.user)
    form = DocumentFilterForm(request.GET, visible)
    form.is_valid()
    known = {name: value for name, value in form.cleaned_data.items() if value}
    page = Paginator(browse_documents(request.user, known), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "library/index.html",
        {
            "form": form,
            "page": page,
            "active_filters": len(known),
            "ignored": bool(form.errors),
            "may_upload": request.user.is_authenticated and bool(audience_choices(request.user)),
        },
    )


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a document is, its pages and its neighbours."""
    found = get_document_for(request.user, pk)
    version = found.current_version
    may_change = found.may_be_changed_by(request.user)
    similar = similar_documents(request.user, found)
    signatures = list(version.signatures.all()) if version else []
    return render(
        request,
        "library/document.html",
        {
            "document": found,
            "version": version,
            "has_picture": version is not None and drawable_file(version) is not None,
            "document_pages": list(version.pages.only("version", "number", "label")[:200])
            if version
            else [],
            "norms": norms_of(version),
            "similar": similar,
            "related": [] if similar else related_documents(request.user, found),
            "audience": audience_label(found.audience),
            "may_change": may_change,
            "may_decide": bool(found.proposed_audience) and access.is_staff(request.user),
            "review_due": bool(found.review_date and found.review_date <= timezone.localdate()),
            "failure": failure_text(version),
            "kits": kits_with(request.user, found),
            "open_kits": kits_open_to(request.user, found),
            "near_duplicates": near_duplicates(request.user, found) if may_change else [],
            "set_aside": duplicates_set_aside(request.user, found) if may_change else [],
            "recognised": recognised_pages(version) if version else None,
            "signatures": [one for one in signatures if one.kind != SignatureKind.STAMP],
            "stamps": [one for one in signatures if one.kind == SignatureKind.STAMP],
            "members": members_for(request.user, version) if version else [],
            "source": source_for(request.user, found),
            "form": ProposalDecisionForm(),
            "tag_names": sorted(tag.name for tag in found.tags.all()),
        },
    )
