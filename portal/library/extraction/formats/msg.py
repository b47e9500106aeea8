"""MSG by python-oxmsg: a mail as Outlook saves it; the mails inside it come out as EML."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from oxmsg import Message
from oxmsg.attachment import Attachment
from oxmsg.domain.constants import PID_ATTACH_FILENAME

from portal.library.extraction.formats.html import visible_blocks
from portal.library.extraction.formats.mail import MAX_MEMBERS
from portal.library.extraction.formats.msg_inside import as_eml, embedded
from portal.library.extraction.formats.sections import sections
from portal.library.extraction.model import Limits, Member, PageText, UnreadableError
from portal.library.extraction.structure import Block

BROKEN = (UnreadableError, ValueError, LookupError, AttributeError, TypeError, struct.error)


def pages(path: str, limits: Limits) -> Iterator[PageText | Member]:
    """Yield the sections of a mail, then its attachments."""
    message = Message.load(path)
    headers = message.message_headers
    recipients = ", ".join(f"{one.name} <{one.email_address}>" for one in message.recipients)
    date = message.sent_date.strftime("%d/%m/%Y %H:%M") if message.sent_date else ""
    values = [
        ("Da", message.sender or headers.get("From", "")),
        ("A", recipients or headers.get("To", "")),
        ("Data", date or headers.get("Date", "")),
        ("Oggetto", message.subject),
    ]
    lines = [f"{label}: {' '.join(value.split())}" for label, value in values if value]
    body: Sequence[str | Block]
    if message.body:
        body = [line for line in message.body.splitlines() if line.strip()]
    else:
        body = visible_blocks(html) if (html := message.html_body) and html.strip() else []
    yield from sections([*lines, *body])
    for position, attachment in enumerate(message.attachments, start=1):
        if position > MAX_MEMBERS:
            raise UnreadableError("too_many_members")
        yield _member(attachment, position)


def take(path: str, position: int, limits: Limits) -> Iterator[bytes]:
    """Yield the bytes of the attachment at a position, from 1."""
    for number, attachment in enumerate(Message.load(path).attachments, start=1):
        if number == position:
            yield _content(attachment)
            return
    raise UnreadableError("damaged")


def _member(attachment: Attachment, position: int) -> Member:
    """Return an attachment; a mail inside that is broken is told all the same, with no bytes."""
    try:
        return Member(position, _name(attachment, position), len(_content(attachment)))
    except BROKEN:
        return Member(position, f"messaggio {position}.eml", 0)


def _content(attachment: Attachment) -> bytes:
    mail = embedded(attachment)
    return as_eml(mail) if mail else attachment.file_bytes or b""


def _name(attachment: Attachment, position: int) -> str:
    short = attachment.properties.str_prop_value(PID_ATTACH_FILENAME)
    name = attachment.file_name or short
    mail = embedded(attachment)
    if mail is None:
        return name or f"allegato {position}"
    subject = " ".join((mail.subject or name or "").split()).removesuffix(".msg")
    return f"{subject[:120].replace('/', '-') or f'messaggio {position}'}.eml"
