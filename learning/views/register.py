"""The register of an edition, for who teaches, runs or inspects it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.access import get_certificate_for, get_edition_for, get_enrolment_for, roles_in
from learning.forms import EditionForm, RevokeForm, SessionForm
from learning.models import Course, CourseEdition, CourseSession, Enrolment
from learning.models.enrolment import EnrolmentState
from learning.roles import is_manager
from learning.selectors.register import planned_minutes, register_of
from learning.services.attendance import mark_attendance
from learning.services.certificates import (
    CertificateError,
    issue_certificate,
    revoke_certificate,
)
from learning.services.editions import save_edition
from portal.accounts.signed_in import person
from portal.core.duration import duration


@login_required
@require_safe
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who sits in an edition and how long they were there."""
    edition = get_edition_for(request.user, pk, role="register")
    sessions, lines = register_of(edition)
    waiting = Enrolment.objects.filter(edition=edition, state=EnrolmentState.WAITING)
    return render(
        request,
        "learning/register.html",
        {
            "edition": edition,
            "sessions": sessions,
            "lines": lines,
            "planned": duration(planned_minutes(sessions)),
            "waiting": list(waiting.select_related("user", "organisation").order_by("pk")),
            "roles": roles_in(request.user, edition),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, pk: int, session_pk: int) -> HttpResponse:
    """Mark who is at a meeting."""
    edition = get_edition_for(request.user, pk, role="trainer")
    session = get_object_or_404(CourseSession, pk=session_pk, edition=edition)
    if request.method == "POST":
        typed = request.POST.getlist("presente")
        present = [int(key) for key in typed if key.isdecimal() and len(key) < 19]
        reason = request.POST.get("motivo", "").replace("\x00", "")[:300]
        changed = mark_attendance(person(request), session, present, reason)
        messages.success(
            request, "Le presenze sono salvate." if changed else "Non è cambiato nulla."
        )
        return redirect("learning:register", pk=edition.pk)
    _, lines = register_of(edition)
    for line in lines:
        line.present = session.pk in line.minutes  # type: ignore[attr-defined]
    return render(
        request,
        "learning/attendance.html",
        {"edition": edition, "session": session, "lines": lines},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new edition of a course."""
    if not is_manager(request.user):
        raise PermissionDenied
    course = get_object_or_404(Course.objects.select_related("page"), pk=pk)
    return _edition_form(request, CourseEdition(course=course))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an edition; more seats go to who waits."""
    return _edition_form(request, get_edition_for(request.user, pk, role="manager"))


def _edition_form(request: HttpRequest, edition: CourseEdition) -> HttpResponse:
    form = EditionForm(request.POST or None, instance=edition)
    if request.method == "POST" and save_edition(person(request), form):
        messages.success(request, "L'edizione è salvata.")
        return redirect("learning:register", pk=edition.pk)
    return render(
        request,
        "learning/edition_form.html",
        {"form": form, "course": edition.course, "edition": edition if edition.pk else None},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a meeting to an edition."""
    edition = get_edition_for(request.user, pk, role="manager")
    form = SessionForm(request.POST or None, instance=CourseSession(edition=edition))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "L'incontro è aggiunto.")
        return redirect("learning:register", pk=edition.pk)
    return render(
        request,
        "learning/session_form.html",
        {"form": form, "edition": edition},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the certificate of a learner."""
    enrolment = get_enrolment_for(request.user, pk, role="trainer")
    try:
        issue_certificate(person(request), enrolment)
    except CertificateError as problem:
        messages.error(request, f"{enrolment.user}: {problem}")
    else:
        messages.success(request, f"L'attestato di {enrolment.user} è rilasciato.")
    return redirect("learning:register", pk=enrolment.edition_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then revoke a certificate."""
    certificate = get_certificate_for(request.user, pk, role="manager")
    if certificate.revoked_at:
        raise Http404("It is revoked already.")
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoke_certificate(person(request), certificate, form.cleaned_data["reason"])
        messages.success(request, "L'attestato è revocato.")
        return redirect("learning:register", pk=certificate.enrolment.edition_id)
    return render(
        request,
        "learning/revoke.html",
        {"form": form, "certificate": certificate},
        status=422 if form.is_bound else 200,
    )
