"""The requests of affiliation, decided by the referente or by UPI."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.signed_in import person
from portal.organisations.access import (
    decidable_affiliations,
    get_affiliation_for,
    is_decider,
)
from portal.organisations.forms import RefusalForm
from portal.organisations.services.affiliations import approve, refuse

PAGE_SIZE = 20
ALREADY = "Qualcuno ha già deciso su questa richiesta."


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for the reader's decision, the oldest first."""
    if not is_decider(person(request)):
        raise PermissionDenied
    queue = (
        decidable_affiliations(person(request))
        .pending()
        .select_related("user", "organisation")
        .order_by("created_at", "pk")
    )
    page = Paginator(queue, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "organisations/requests.html", {"page": page, "form": RefusalForm()})


@login_required
@require_POST
def approve_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Verify a request."""
    affiliation = get_affiliation_for(person(request), pk)
    if approve(person(request), affiliation):
        messages.success(
            request, f"{affiliation.user.get_full_name()} è ora tra le persone verificate."
        )
    else:
        messages.info(request, ALREADY)
    return redirect("organisations:requests")


@login_required
@require_POST
def refuse_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a request with a reason."""
    affiliation = get_affiliation_for(person(request), pk)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "organisations/refuse.html",
            {"form": form, "affiliation": affiliation},
            status=422,
        )
    if refuse(person(request), affiliation, form.cleaned_data["reason"]):
        messages.success(request, "La richiesta è stata respinta e chi l'ha fatta è avvisato.")
    else:
        messages.info(request, ALREADY)
    return redirect("organisations:requests")
