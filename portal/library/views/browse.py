"""The library's front: browse, and the page of one document."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.core import access
from portal.library.access import get_document_for
from portal.library.audiences import audience_choices, audience_label
from portal.library.failures import failure_text
from portal.library.forms import DocumentFilterForm, ProposalDecisionForm
from portal.library.models import Document
from portal.library.selectors import (
    browse_documents,
    members_for,
    recognised_pages,
    related_documents,
    source_for,
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
    return render(
        request,
        "library/document.html",
        {
            "document": found,
            "version": version,
            "document_pages": list(version.pages.only("number", "label")[:200]) if version else [],
            "related": related_documents(request.user, found),
            "audience": audience_label(found.audience),
            "may_change": found.may_be_changed_by(request.user),
            "may_decide": bool(found.proposed_audience) and access.is_staff(request.user),
            "failure": failure_text(version),
            "recognised": recognised_pages(version) if version else None,
            "signatures": list(version.signatures.all()) if version else [],
            "members": members_for(request.user, version) if version else [],
            "source": source_for(request.user, found),
            "form": ProposalDecisionForm(),
            "tag_names": sorted(tag.name for tag in found.tags.all()),
        },
    )
