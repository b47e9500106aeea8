"""Proposals for the public library: the redazione decides, the uploader is told."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction

from portal.accounts.models import User
from portal.core import access
from portal.library.licences import usual_licence
from portal.library.models import Document


@transaction.atomic
def decide_proposal(actor: User, document: Document, approve: bool, reason: str = "") -> bool:
    """Publish a proposed document or leave it to its body; tell whether it was still open.

    Raises PermissionDenied when the actor is no editor.
    """
    if not access.is_staff(actor):
        raise PermissionDenied
    changed = (
        Document.objects.filter(pk=document.pk)
        .exclude(proposed_audience="")
        .update(proposed_audience="")
    )
    if not changed:
        return False
    document.refresh_from_db()
    if approve:
        document.audience = access.PUBLIC
    document.licence = document.licence or usual_licence(document.audience)
    document.save()
    if document.uploaded_by_user:
        _tell(document, approve, reason)
    return True


def _tell(document: Document, approve: bool, reason: str) -> None:
    address = f"{settings.PORTAL_BASE_URL}{document.get_absolute_url()}"
    if approve:
        subject = "Il documento è nella biblioteca pubblica"
        body = f"La redazione ha pubblicato «{document.title}».\n\n{address}\n"
    else:
        subject = "Il documento non è stato pubblicato"
        body = (
            f"La redazione non ha pubblicato «{document.title}»: resta leggibile nell'ente.\n\n"
            f"Motivo: {reason}\n\n{address}\n"
        )
    recipient = document.uploaded_by_user.email if document.uploaded_by_user else ""
    transaction.on_commit(
        lambda: send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [recipient])
    )
