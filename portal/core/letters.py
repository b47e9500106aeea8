"""Letters of the portal: a template whose first line is the subject, sent by the worker."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django_q.tasks import async_task


def queue_letter(template: str, context: dict[str, object], addresses: Iterable[str]) -> None:
    """Queue a letter to each address, when the transaction is over; ``base_url`` is added."""
    values = {**context, "base_url": settings.PORTAL_BASE_URL.rstrip("/")}
    subject, _, body = render_to_string(template, values).partition("\n")
    for address in addresses:
        transaction.on_commit(
            lambda address=address: async_task(
                send_mail, subject.strip(), body.lstrip(), settings.DEFAULT_FROM_EMAIL, [address]
            )
        )
