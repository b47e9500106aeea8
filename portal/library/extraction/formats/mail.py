"""Mails: headers and body as text; their attachments by name, and one at a time."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from portal.library.extraction.formats.html import visible_blocks
from portal.library.extraction.formats.sections import sections
from portal.library.extraction.model import Limits, Member, PageText, UnreadableError
from portal.library.extraction.structure import Block

MAX_PARTS = 1000
MAX_MEMBERS = 200
HEADERS = (("From", "Da"), ("To", "A"), ("Cc", "Cc"), ("Date", "Data"), ("Subject", "Oggetto"))


def pages(path: str, limits: Limits) -> Iterator[PageText | Member]:
    """Yield the sections of a mail (RFC 5322), then its attachments."""
    message = parsed(path)
    lines = [f"{label}: {value}" for name, label in HEADERS if (value := _header(message, name))]
    yield from sections([*lines, *_body(message)])
    for position, (name, part) in enumerate(attachments(message), start=1):
        if position > MAX_MEMBERS:
            raise UnreadableError("too_many_members")
        yield Member(position, name, len(content_of(part)))


def take(path: str, position: int, limits: Limits) -> Iterator[bytes]:
    """Yield the bytes of the attachment at a position, from 1."""
    for number, (_, part) in enumerate(attachments(parsed(path)), start=1):
        if number == position:
            yield content_of(part)
            return
    raise UnreadableError("damaged")


def parsed(path: str) -> EmailMessage:
    """Return a mail read from a file."""
    with Path(path).open("rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def attachments(message: EmailMessage) -> Iterator[tuple[str, EmailMessage]]:
    """Yield name and part of what is attached; an attached mail is one attachment, unopened."""
    waiting: list[EmailMessage] = [message]
    seen = 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > MAX_PARTS:
            raise UnreadableError("too_many_members")
        if part is not message and part.get_content_type() == "message/rfc822":
            yield part.get_filename() or "messaggio.eml", part
        elif part.is_multipart():
            waiting[:0] = [inner for inner in part.iter_parts() if isinstance(inner, EmailMessage)]
        elif name := part.get_filename():
            yield name, part


def content_of(part: EmailMessage) -> bytes:
    """Return the bytes of an attachment."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else part
        return inner.as_bytes() if isinstance(inner, EmailMessage) else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError):
        # The library stumbles over some hostile headers.
        return ""


def _body(message: EmailMessage) -> Iterator[str | Block]:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return
    try:
        text = str(part.get_content())
    except (LookupError, ValueError):
        data = part.get_payload(decode=True)
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
    if not text.strip():
        return
    if part.get_content_subtype() == "html":
        yield from visible_blocks(text)
    else:
        yield from (line for line in text.splitlines() if line.strip())
