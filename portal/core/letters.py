"""Letters of the portal: a template whose first line is the subject, sent by the worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django_q.tasks import async_task


def queue_letter(
    template: str,
    context: dict[str, object],
    addresses: Iterable[str],
    headers: Mapping[str, str] | None = None,
) -> None:
    """Queue a letter to each address, when the transaction is over; ``base_url`` is added.

    ``headers`` are those of the message, such as the ones of ``unsubscribe_headers``.
    """
    values = {**context, "base_url": settings.PORTAL_BASE_URL.rstrip("/")}
    subject, _, body = render_to_string(template, values).partition("\n")
    for address in addresses:
        transaction.on_commit(
            partial(
                async_task,
                send_letter,
                subject.strip(),
                body.lstrip(),
                address,
                dict(headers or {}),
            )
        )


def send_letter(subject: str, body: str, address: str, headers: Mapping[str, str]) -> None:
    """Send one letter; raises what the mail server raises, so that the worker tries again."""
    sender = settings.DEFAULT_FROM_EMAIL
    EmailMessage(subject, body, sender, [address], headers=dict(headers)).send()


def unsubscribe_headers(path: str) -> dict[str, str]:
    """Return the headers of RFC 8058: mail programs post to the path to stop such letters."""
    url = settings.PORTAL_BASE_URL.rstrip("/") + path
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
