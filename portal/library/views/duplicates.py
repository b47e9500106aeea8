"""The answer to "Forse è già in biblioteca"."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from portal.accounts.signed_in import person
from portal.library.access import get_document_for
from portal.library.services import duplicates


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a document aside as no duplicate of another, or take it up again.

    ``other`` is its key, ``again`` takes it up.
    """
    document = get_document_for(request.user, pk, role="editor")
    typed = request.POST.get("other", "")
    if not typed.isdecimal() or len(typed) > 18:
        return redirect(document)
    other = get_document_for(request.user, int(typed))
    if request.POST.get("again"):
        duplicates.take_up(person(request), document, other)
        messages.success(request, f"«{other.title}» è di nuovo tra i documenti quasi uguali.")
    else:
        duplicates.set_aside(person(request), document, other)
        messages.success(
            request, f"«{other.title}» non è più segnalato: nella scheda si può cambiare idea."
        )
    return redirect(document)
