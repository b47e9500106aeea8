"""Archive and trash: every step has its way back on the page where it leads."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.signed_in import person
from portal.library.access import get_document_for, get_trashed_document_for
from portal.library.selectors import trashed_documents
from portal.library.services import retention


@login_required
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Archive a document."""
    document = get_document_for(request.user, pk, role="editor")
    retention.archive(person(request), document)
    messages.success(
        request, "Il documento è archiviato: si trova ancora con il filtro «Archiviati»."
    )
    return redirect(document)


@login_required
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an archived document back in use."""
    document = get_document_for(request.user, pk, role="editor")
    retention.bring_back(person(request), document)
    messages.success(request, "Il documento è di nuovo tra quelli in uso.")
    return redirect(document)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what happens, then move a document to the trash."""
    document = get_document_for(request.user, pk, role="editor")
    if request.method == "POST":
        retention.throw_away(person(request), document)
        messages.success(request, f"«{document.title}» è nel cestino: da qui si può ripristinare.")
        return redirect("library:trash")
    return render(
        request,
        "library/delete.html",
        {"document": document, "trash_days": retention.TRASH_DAYS},
    )


@login_required
@require_safe
def trash(request: HttpRequest) -> HttpResponse:
    """List what the person may still restore."""
    page = Paginator(trashed_documents(request.user), 20).get_page(request.GET.get("page"))
    return render(request, "library/trash.html", {"page": page, "trash_days": retention.TRASH_DAYS})


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a document out of the trash."""
    document = get_trashed_document_for(request.user, pk)
    retention.restore(person(request), document)
    messages.success(request, "Il documento è di nuovo in biblioteca.")
    return redirect(document)
