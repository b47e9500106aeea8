"""What the library could read and what it waits for; files inside files."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.signed_in import person
from portal.core import access
from portal.library.access import get_document_for
from portal.library.forms import MembersForm
from portal.library.intake_selectors import failures, members_for, unread_documents
from portal.library.models import Document, DocumentVersion, VersionState
from portal.library.services.members import ask_members
from portal.library.services.recognition import waiting_versions
from portal.library.toolbox import current_tools


@login_required
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Tell the redazione which programs are missing and which files wait for them."""
    if not access.is_staff(request.user):
        raise PermissionDenied
    current = Document.objects.kept().values("current_version")
    versions = DocumentVersion.objects.filter(pk__in=current)
    return render(
        request,
        "library/status.html",
        {
            "tools": current_tools(),
            "scans": waiting_versions(),
            "unconverted": versions.filter(
                state=VersionState.FAILED, failure_code="no_converter"
            ).count(),
            "queued": versions.filter(
                state__in=(VersionState.QUEUED, VersionState.EXTRACTING)
            ).count(),
            "failures": failures(),
            "unread": unread_documents(request.user),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Let who may change a document keep some of the files inside it as documents."""
    document = get_document_for(request.user, pk, role="editor")
    version = document.current_version
    found = members_for(request.user, version) if version else []
    form = MembersForm(request.POST if request.method == "POST" else None, members=found)
    if form.is_valid():
        count = ask_members(person(request), document, form.cleaned_data["files"])
        if count == 1:
            messages.success(request, "Il file sta diventando un documento.")
        elif count:
            messages.success(request, f"{count} file stanno diventando documenti.")
        else:
            messages.info(request, "I file scelti erano già stati chiesti.")
        return redirect(document)
    return render(
        request,
        "library/members.html",
        {"document": document, "version": version, "members": found, "form": form},
        status=422 if form.is_bound else 200,
    )
