"""The versions of a document: list, upload, compare, restore, and links to the older ones."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.signed_in import person
from portal.library.access import get_document_for, get_version_for
from portal.library.comparison import PageChanges, word_changes
from portal.library.forms import NewVersionForm
from portal.library.models import Document, DocumentVersion
from portal.library.selectors import ChangedPage, compare_versions
from portal.library.services.versions import restore_version, upload_version

PAGES_COMPARED = 5


@login_required
@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """List the versions of a document for those who may change it."""
    document = get_document_for(request.user, pk, role="editor")
    versions = document.versions.select_related("uploaded_by", "restored_by")
    page = Paginator(versions, 20).get_page(request.GET.get("page"))
    return render(request, "library/versions.html", {"document": document, "page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a new file for a document, with a note that says what changed."""
    document = get_document_for(request.user, pk, role="editor")
    form = NewVersionForm(
        request.POST or None, request.FILES or None, user=person(request), document=document
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        version = upload_version(person(request), document, data["file"], data["note"])
        messages.success(
            request,
            f"La versione {version.number} è arrivata ed è quella corrente: "
            "ora ne leggiamo le pagine.",
        )
        return redirect("library:versions", pk=document.pk)
    return render(
        request,
        "library/new_version.html",
        {"document": document, "form": form},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Make an older version the current one; the list offers the way back."""
    version = get_version_for(request.user, pk, number)
    restore_version(person(request), version.document, version)
    messages.success(request, f"La versione {version.number} è ora quella corrente.")
    return redirect("library:versions", pk=pk)


@require_safe
def page(request: HttpRequest, pk: int, number: int, page_number: int) -> HttpResponse:
    """Show a page of a version that is not the current one, said so, with the current offered.

    Its text is for those who may change the document; everybody else is sent on by a link.
    """
    document = get_document_for(request.user, pk)
    version = get_object_or_404(document.versions, number=number)
    current = document.current_version
    if version == current:
        return redirect("library:page", pk=pk, number=page_number)
    may_change = document.may_be_changed_by(request.user)
    found = version.pages.filter(number=page_number).first()
    if may_change and found is None:
        raise Http404
    return render(
        request,
        "library/version_page.html",
        {
            "document": document,
            "version": version,
            "current": current,
            "found": found if may_change else None,
            "may_change": may_change,
            "page_number": page_number,
            "previous": page_number - 1 if page_number > 1 else None,
            "next": page_number + 1 if page_number < version.page_count else None,
            "current_has_page": current is not None and page_number <= current.page_count,
        },
    )


def to_version(document: Document, asked: str, page_number: int) -> HttpResponse:
    """Answer ``?versione=N`` of the reader: that version's page, or the current one's."""
    known = asked.isdecimal() and len(asked) < 9
    version = document.versions.filter(number=int(asked)).first() if known else None
    if version is None or version.pk == document.current_version_id:
        return redirect("library:page", pk=document.pk, number=page_number)
    return redirect("library:version_page", document.pk, version.number, page_number)


@dataclass(frozen=True)
class ComparedPage:
    """A pair of pages and, where both exist, their words compared."""

    pair: ChangedPage
    changes: PageChanges | None


@login_required
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed between two versions: ``da`` and ``a`` are their numbers."""
    document = get_document_for(request.user, pk, role="editor")
    versions = list(document.versions.all())
    if len(versions) < 2:
        return render(request, "library/compare.html", {"document": document, "versions": versions})
    new = _chosen(request.GET.get("a", ""), versions) or document.current_version or versions[0]
    old = _chosen(request.GET.get("da", ""), versions) or _before(new, versions)
    if old == new:
        query = urlencode({"da": _before(new, versions).number, "a": new.number})
        return redirect(f"{reverse('library:compare', args=[pk])}?{query}")
    comparison = compare_versions(old, new)
    page = Paginator(comparison.changed, PAGES_COMPARED).get_page(request.GET.get("page"))
    compared = [
        ComparedPage(
            pair, word_changes(pair.old.text, pair.new.text) if pair.old and pair.new else None
        )
        for pair in page
    ]
    return render(
        request,
        "library/compare.html",
        {
            "document": document,
            "versions": versions,
            "old": old,
            "new": new,
            "comparison": comparison,
            "compared": compared,
            "page": page,
        },
    )


def _chosen(asked: str, versions: list[DocumentVersion]) -> DocumentVersion | None:
    return next((version for version in versions if str(version.number) == asked), None)


def _before(version: DocumentVersion, versions: list[DocumentVersion]) -> DocumentVersion:
    """Return the version before another, or the one after the first; the list is newest first."""
    position = versions.index(version)
    return versions[position + 1] if position + 1 < len(versions) else versions[position - 1]
