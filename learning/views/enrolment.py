"""A person enrols, leaves, and finds her courses."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from learning.access import get_edition_for, get_enrolment_for
from learning.models import EnrolmentState
from learning.roles import is_manager
from learning.selectors.mine import editions_run_by, enrolments_of
from learning.services.enrolments import EnrolmentError
from learning.services.enrolments import enrol as enrol_in
from learning.services.enrolments import withdraw as withdraw_from
from portal.accounts.signed_in import person


@login_required
@require_safe
def my_training(request: HttpRequest) -> HttpResponse:
    """List a person's courses, and the editions that she teaches or runs."""
    user = person(request)
    return render(
        request,
        "learning/my_training.html",
        {
            "enrolments": enrolments_of(user),
            "editions": editions_run_by(user),
            "may_manage": is_manager(user),
        },
    )


@login_required
@require_POST
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a seat, or a place on the waiting list."""
    edition = get_edition_for(request.user, pk)
    try:
        enrolment = enrol_in(person(request), edition)
    except EnrolmentError as problem:
        messages.error(request, str(problem))
    except PermissionDenied:
        messages.error(request, "Per iscriversi serve l'affiliazione verificata a un ente.")
    else:
        if enrolment.state == EnrolmentState.SEATED:
            messages.success(request, f"Ha un posto in «{edition}».")
        else:
            messages.info(request, f"«{edition}» è completa: è in lista d'attesa e le scriveremo.")
    return redirect("learning:my_training")


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave an edition."""
    enrolment = get_enrolment_for(request.user, pk)
    try:
        if withdraw_from(person(request), enrolment):
            messages.success(request, f"Non è più tra gli iscritti di «{enrolment.edition}».")
    except EnrolmentError as problem:
        messages.error(request, str(problem))
    return redirect("learning:my_training")
