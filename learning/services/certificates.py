"""Certificates: issued on the register's word, checked by anybody, revoked with a reason."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
import typst
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from learning.models import Certificate, Enrolment
from learning.models.certificate import new_code
from learning.roles import is_manager
from learning.selectors.register import planned_minutes, register_of
from learning.services.allocation import tell
from portal.core.duration import duration
from portal.core.letters import queue_letter
from portal.core.templatetags.portal_tags import giorno

if TYPE_CHECKING:
    from datetime import date

    from portal.accounts.models import User

TEMPLATE = Path(__file__).resolve().parent.parent / "documents" / "certificate.typ"


class CertificateError(Exception):
    """Why a certificate cannot be issued, in Italian."""


def _days(first: date, last: date) -> str:
    return giorno(first) if first == last else f"dal {giorno(first)} al {giorno(last)}"


def print_certificate(payload: dict[str, Any]) -> bytes:
    """Return the PDF of a certificate (PDF/A-2a and PDF/UA-1), with a QR code of its address."""
    drawn = io.BytesIO()
    segno.make(payload["url"], error="m").save(drawn, kind="svg", border=2)
    inputs = {"payload": json.dumps(payload), "qr": drawn.getvalue().decode()}
    return bytes(typst.compile(str(TEMPLATE), pdf_standards=["a-2a", "ua-1"], sys_inputs=inputs))


def issue_certificate(actor: User, enrolment: Enrolment) -> Certificate:
    """Issue the certificate of a learner whose presence is enough; a valid one is returned as is.

    Raises PermissionDenied to who does not run the training nor teach the edition,
    CertificateError when something is missing.
    """
    edition = enrolment.edition
    if not is_manager(actor) and not edition.trainers.filter(pk=actor.pk).exists():
        raise PermissionDenied
    sessions, lines = register_of(edition, enrolment.pk)
    if not lines:
        raise CertificateError("Chi non ha un posto non ha un attestato.")
    (line,) = lines
    if line.certificate:
        return line.certificate
    if not line.complete:
        raise CertificateError(
            f"Mancano {duration(line.missing)} di presenza."
            if line.required
            else "L'edizione non ha ancora incontri."
        )
    code = new_code()
    now = timezone.now()
    today = timezone.localtime(now).date()
    body = enrolment.organisation
    payload = {
        "name": enrolment.user.get_full_name(),
        "organisation": body.display_name if body else "",
        "office": enrolment.office,
        "course": edition.course.title,
        "edition": edition.name,
        "days": _days(edition.starts_on, edition.ends_on),
        "attended": duration(line.total),
        "planned": duration(planned_minutes(sessions)),
        "issued_on": giorno(today),
        "date": [today.year, today.month, today.day],
        "code": code,
        "url": settings.PORTAL_BASE_URL.rstrip("/") + reverse("learning:check", args=[code]),
    }
    data = print_certificate(payload)
    try:
        with transaction.atomic():
            certificate = Certificate(
                code=code,
                enrolment=enrolment,
                payload=payload,
                sha256=hashlib.sha256(data).hexdigest(),
                issued_at=now,
                issued_by=actor,
            )
            certificate.pdf.save(f"{code}.pdf", ContentFile(data), save=False)
            certificate.save()
            tell(enrolment, "certificate")
    except IntegrityError:
        return Certificate.objects.get(enrolment=enrolment, revoked_at__isnull=True)
    return certificate


@transaction.atomic
def revoke_certificate(actor: User, certificate: Certificate, reason: str) -> bool:
    """Revoke a certificate; tell whether it was still valid.

    Raises PermissionDenied to who does not run the training, ValueError without a reason.
    """
    if not is_manager(actor):
        raise PermissionDenied
    if not reason.strip():
        raise ValueError("A revocation needs a reason.")
    valid = Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=True)
    if not valid.update(revoked_at=timezone.now(), revoked_by=actor, revoke_reason=reason.strip()):
        return False
    certificate.refresh_from_db()
    queue_letter(
        "learning/mail/revoked.txt",
        {"certificate": certificate},
        [certificate.enrolment.user.email],
    )
    return True
