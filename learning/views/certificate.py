"""A certificate for its owner, and its check for everybody."""

from __future__ import annotations

import re

from allauth.core.internal import ratelimit
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from learning.access import get_certificate_for
from learning.models import Certificate

CODE = re.compile(r"[0-9a-f]{32}")
# Codes cannot be guessed (128 random bits); the limit keeps machines from trying all the same.
CHECKS = {"certificate_check": "60/m/ip"}


@require_safe
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the PDF as it was issued."""
    certificate = get_certificate_for(request.user, pk)
    answer = FileResponse(
        certificate.pdf.open("rb"),
        as_attachment=True,
        filename=f"attestato-{certificate.code[:8]}.pdf",
        content_type="application/pdf",
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def check_form(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a certificate."""
    typed = request.GET.get("codice", "")
    code = re.sub(r"[^0-9a-z]", "", typed.lower())[:40]
    if code and CODE.fullmatch(code):
        return redirect("learning:check", code=code)
    return render(
        request,
        "learning/check_form.html",
        {"typed": typed[:100], "wrong": bool(typed.strip())},
        status=422 if typed.strip() else 200,
    )


@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a certificate is valid, with every field that is printed on it."""
    usage = ratelimit.consume(
        request, app="learning", action="certificate_check", config=CHECKS, limit_get=True
    )
    if not usage:
        return ratelimit.respond_429(request)
    certificate = Certificate.objects.filter(code=code.lower()).first()
    return render(
        request,
        "learning/check.html",
        {"certificate": certificate, "code": code[:40]},
        status=200 if certificate else 404,
    )
