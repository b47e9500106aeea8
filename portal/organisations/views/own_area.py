"""A person's own area: dashboard, profile, her affiliations."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.second_factor import must_have_second_factor
from portal.accounts.signed_in import person
from portal.organisations.access import decidable_affiliations, is_decider
from portal.organisations.forms import AffiliationForm, ProfileForm
from portal.organisations.models import Affiliation
from portal.organisations.services.affiliations import end, request_affiliation


@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show a person where she stands and what waits for her."""
    affiliations = list(
        Affiliation.objects.filter(user=person(request))
        .select_related("organisation")
        .order_by("state", "-created_at")
    )
    decider = is_decider(person(request))
    return render(
        request,
        "organisations/dashboard.html",
        {
            "affiliations": affiliations,
            "verified": any(one.is_current for one in affiliations),
            "pending": any(one.state == "pending" for one in affiliations),
            "decider": decider,
            "waiting_count": decidable_affiliations(person(request)).pending().count()
            if decider
            else 0,
            "needs_second_factor": must_have_second_factor(person(request)),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Correct one's names and telephone."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Il profilo è aggiornato.")
        return redirect("organisations:dashboard")
    return render(
        request,
        "organisations/profile.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_affiliation(request: HttpRequest) -> HttpResponse:
    """Ask to be verified for a body."""
    form = AffiliationForm(request.POST or None, user=person(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        request_affiliation(
            person(request), data["organisation"], data["office"], data["job_title"]
        )
        messages.success(request, "La richiesta è partita: la risposta arriverà per e-mail.")
        return redirect("organisations:dashboard")
    return render(
        request,
        "organisations/new_affiliation.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def end_affiliation(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's own affiliation: a person who left an office says so herself."""
    affiliation = Affiliation.objects.filter(user=person(request), pk=pk).first()
    if affiliation is None:
        raise Http404
    if end(person(request), affiliation):
        messages.success(request, "L'affiliazione è conclusa.")
    return redirect("organisations:dashboard")
