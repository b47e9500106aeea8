"""A mail attached to a mail of Outlook (MS-OXMSG, 2.2.2.1), written as EML (RFC 5322)."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime

from oxmsg import Message
from oxmsg.attachment import Attachment
from oxmsg.properties import Properties
from oxmsg.util import lazyproperty

from portal.library.extraction.formats.mail import MAX_MEMBERS
from portal.library.extraction.model import UnreadableError

STORAGE = "__substg1.0_3701000D"
# The header of an embedded mail's properties is shorter than that of a file's.
HEADER = 24
MAX_DEPTH = 10
NOBODY = '"Mittente non indicato" <>'


class EmbeddedMessage(Message):
    """A mail inside another."""

    @lazyproperty
    def _properties(self) -> Properties:
        return Properties(self._storage, properties_header_offset=HEADER)


def embedded(attachment: Attachment) -> EmbeddedMessage | None:
    """Return the mail that an attachment is, None for a file."""
    for storage in attachment._storage.storages:  # type: ignore[attr-defined]
        if storage.name == STORAGE:
            return EmbeddedMessage(storage)
    return None


def as_eml(message: Message) -> bytes:
    """Return a mail with its attachments; raises UnreadableError when mails nest too deep."""
    return _mail(message, 1).as_bytes()


def _mail(message: Message, depth: int) -> EmailMessage:
    if depth > MAX_DEPTH:
        raise UnreadableError("too_nested")
    made = EmailMessage()
    headers = message.message_headers
    people = ", ".join(f"{one.name} <{one.email_address}>" for one in message.recipients)
    sent = format_datetime(message.sent_date) if message.sent_date else headers.get("Date", "")
    for name, value in (
        ("From", message.sender or NOBODY),
        ("To", headers.get("To") or people),
        ("Cc", headers.get("Cc", "")),
        ("Date", sent),
        ("Subject", message.subject),
    ):
        _set(made, name, value)
    if message.body:
        made.set_content(_clean(message.body))
    elif html := message.html_body:
        made.set_content(_clean(html), subtype="html")
    else:
        made.set_content("")
    for position, attachment in enumerate(message.attachments, start=1):
        if position > MAX_MEMBERS:
            raise UnreadableError("too_many_members")
        inner = embedded(attachment)
        if inner is not None:
            mail = _mail(inner, depth + 1)
            made.add_attachment(mail, filename=f"{_line(inner.subject)[:80] or 'messaggio'}.eml")
            continue
        made.add_attachment(
            attachment.file_bytes or b"",
            maintype="application",
            subtype="octet-stream",
            filename=_line(attachment.file_name or "") or f"allegato {position}",
        )
    return made


def _set(made: EmailMessage, name: str, value: str) -> None:
    text = _line(value)
    if not text:
        return
    try:
        made[name] = text
        made[name].encode()
    except (ValueError, IndexError, AttributeError, TypeError):
        # The library stumbles over some hostile headers.
        del made[name]


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
