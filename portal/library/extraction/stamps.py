"""Time stamps (RFC 3161) and the envelopes that carry them beside a file; none is verified.

A ``.tsd`` is a TimeStampedData (RFC 5544); a ``.m7m`` is a multipart of MIME with the file, as a
rule a signed envelope, and the answer of the authority.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any

from asn1crypto import cms, core, tsp

from portal.library.extraction.cms import (
    MAX_SIGNERS,
    joined,
    moment_of,
    named,
    signatures_of,
)
from portal.library.extraction.model import Signature, UnreadableError

STAMPED_DATA = "1.2.840.113549.1.9.16.1.31"
REPLY = re.compile(r"application/(?:x-)?timestamp-(?:reply|response|token)\Z")
STAMP_NAME = re.compile(r"\.ts[rt]\Z", re.IGNORECASE)
MAX_PARTS = 20


class StampedInfo(core.Sequence):
    """The frame of a TimeStampedData (RFC 5544, 2)."""

    _fields = [
        ("content_type", core.ObjectIdentifier),
        ("content", tsp.TimeStampedData, {"explicit": 0}),
    ]


def open_stamped(data: bytes) -> tuple[bytes, list[bytes]]:
    """Return the file of a TimeStampedData and its time-stamp tokens.

    Raises UnreadableError when the file is elsewhere or the data are no such thing.
    """
    info = StampedInfo.load(data)
    if info["content_type"].native != STAMPED_DATA:
        raise UnreadableError("damaged")
    stamped = info["content"]
    content = stamped["content"]
    if isinstance(content, core.Void) or content is None:
        raise UnreadableError("stamp_detached")
    inner = joined(content.contents) if content.method == 1 else content.native
    if not inner:
        raise UnreadableError("stamp_detached")
    evidence = stamped["temporal_evidence"]
    tokens = []
    if evidence.name == "tst_evidence":
        tokens = [one["time_stamp"].dump() for one in list(evidence.chosen)[:MAX_SIGNERS]]
    return bytes(inner), tokens


def open_multipart(data: bytes) -> tuple[bytes, list[bytes]]:
    """Return the file of a multipart of MIME and its time-stamp tokens.

    Raises UnreadableError when there is no file, or the multipart is broken.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    if not message.is_multipart():
        raise UnreadableError("damaged")
    file, tokens = b"", []
    for part in list(message.walk())[:MAX_PARTS]:
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        if REPLY.match(part.get_content_type()) or STAMP_NAME.search(part.get_filename() or ""):
            tokens.append(payload)
        elif not file:
            file = payload
    if not file:
        raise UnreadableError("stamp_detached" if tokens else "damaged")
    return file, tokens


def stamps_of(tokens: list[bytes], level: int) -> Iterator[Signature]:
    """Yield what each time stamp says: by whom, when; a token that cannot be read says nothing."""
    for token in tokens:
        try:
            yield _stamp(token, level)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError):
            yield Signature("stamp", level, name="", organisation="", serial="", issuer="")


def _stamp(data: bytes, level: int) -> Signature:
    signed = _token(data)
    stamp = signed["encap_content_info"]["content"].parsed
    if not isinstance(stamp, tsp.TSTInfo):
        raise ValueError("This is no time stamp.")
    authority = next(signatures_of(signed, "stamp", level), None)
    name, organisation = (authority.name, authority.organisation) if authority else ("", "")
    declared = stamp["tsa"]
    if not name and isinstance(declared, core.Choice) and declared.name == "directory_name":
        name = named(declared.chosen.native, "common_name")
        organisation = named(declared.chosen.native, "organization_name")
    return Signature(
        kind="stamp",
        level=level,
        name=name or organisation,
        organisation=organisation if name else "",
        serial=f"{stamp['serial_number'].native:X}"[:250],
        issuer=authority.issuer if authority else "",
        signed_at=moment_of(stamp["gen_time"].native),
        valid_from=authority.valid_from if authority else "",
        valid_to=authority.valid_to if authority else "",
    )


def _token(data: bytes) -> Any:
    """Return the signed data of a token, bare or within the authority's answer."""
    try:
        info = tsp.TimeStampResp.load(data)["time_stamp_token"]
        kind = info["content_type"].native
    except (ValueError, TypeError, KeyError):
        info = cms.ContentInfo.load(data)
        kind = info["content_type"].native
    if kind != "signed_data":
        raise ValueError("This is no time-stamp token.")
    return info["content"]
