"""Signatures in the Cryptographic Message Syntax (RFC 5652) by asn1crypto; none is verified."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from asn1crypto import cms, core

from portal.library.extraction.armour import ARMOUR, BASE64
from portal.library.extraction.model import Signature, UnreadableError

CONSTRUCTED = 1
END_OF_CONTENTS, PRIMITIVE_STRING, CONSTRUCTED_STRING = 0x00, 0x04, 0x24
INDEFINITE = 0x80
MAX_SIGNERS = 100
MAX_TEXT = 250
ENVELOPED = frozenset(["enveloped_data", "signed_and_enveloped_data", "encrypted_data"])


def open_envelope(data: bytes) -> cms.SignedData:
    """Return the signed data of an envelope.

    Raises UnreadableError when it is encrypted or no envelope at all.
    """
    try:
        if ARMOUR.match(data[:512]):
            data = base64.b64decode(ARMOUR.sub(b"", data, 1).partition(b"-----END")[0])
        elif not data.startswith(b"\x30") and BASE64.match(data):
            data = base64.b64decode(data)
        info = cms.ContentInfo.load(data)
        kind = info["content_type"].native
        if kind in ENVELOPED:
            raise UnreadableError("encrypted")
        if kind != "signed_data":
            raise UnreadableError("damaged")
        return info["content"]
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise UnreadableError("damaged") from problem


def content_of(signed: cms.SignedData) -> bytes:
    """Return the signed file; raises UnreadableError when the signature stands apart from it."""
    encapsulated = signed["encap_content_info"]["content"]
    if isinstance(encapsulated, core.OctetString) and encapsulated.method == CONSTRUCTED:
        content: Any = joined(encapsulated.contents)
    else:
        content = encapsulated.native if encapsulated is not None else None
    if isinstance(content, bytes) and content:
        return content
    # Files of the older PKCS #7 may hold something else than a string of bytes.
    if getattr(encapsulated, "contents", None):
        return bytes(encapsulated.contents)
    raise UnreadableError("detached")


def joined(contents: bytes) -> bytes:
    """Return the string of bytes that a streaming program cut in pieces (X.690, 8.7.3).

    asn1crypto joins them too, in a time that grows with the square of their number.
    """
    pieces, at, view = [], 0, memoryview(contents)
    while at < len(contents):
        if contents[at] not in (PRIMITIVE_STRING, CONSTRUCTED_STRING, END_OF_CONTENTS):
            raise UnreadableError("damaged")
        kind, length, at = contents[at], contents[at + 1], at + 2
        if length > INDEFINITE:
            wide = length - INDEFINITE
            length, at = int.from_bytes(contents[at : at + wide], "big"), at + wide
        # A constructed piece is only a frame around the pieces that follow.
        if kind == PRIMITIVE_STRING:
            if at + length > len(contents):
                raise UnreadableError("damaged")
            pieces.append(view[at : at + length])
            at += length
    return b"".join(pieces)


def signatures_of(signed: cms.SignedData, kind: str, level: int) -> Iterator[Signature]:
    """Yield what each signer, and who countersigned, says of herself."""
    certificates = [choice.chosen for choice in signed["certificates"] or []]
    for signer in list(signed["signer_infos"])[:MAX_SIGNERS]:
        yield _described(signer, certificates, kind, level)
        for attribute in signer["unsigned_attrs"] or []:
            if attribute["type"].native == "counter_signature":
                for other in list(attribute["values"])[:MAX_SIGNERS]:
                    yield _described(other, certificates, "counter", level)


def _described(signer: cms.SignerInfo, certificates: list[Any], kind: str, level: int) -> Signature:
    signed_at = ""
    for attribute in signer["signed_attrs"] or []:
        if attribute["type"].native == "signing_time":
            signed_at = moment_of(attribute["values"][0].native)
    certificate = _certificate(signer["sid"], certificates)
    if certificate is None:
        name = signer["sid"].name
        sid = signer["sid"].chosen
        known = name == "issuer_and_serial_number"
        return Signature(
            kind=kind,
            level=level,
            name="",
            organisation="",
            serial=f"{sid['serial_number'].native:X}" if known else "",
            issuer=_issuer(sid["issuer"]) if known else "",
            signed_at=signed_at,
        )
    subject = certificate.subject.native
    return Signature(
        kind=kind,
        level=level,
        name=named(subject, "common_name")
        or " ".join(filter(None, [named(subject, "given_name"), named(subject, "surname")])),
        organisation=named(subject, "organization_name"),
        serial=f"{certificate.serial_number:X}"[:MAX_TEXT],
        issuer=_issuer(certificate.issuer),
        signed_at=signed_at,
        valid_from=moment_of(certificate.not_valid_before),
        valid_to=moment_of(certificate.not_valid_after),
    )


def _certificate(sid: cms.SignerIdentifier, certificates: list[Any]) -> Any:
    for certificate in certificates:
        if sid.name == "issuer_and_serial_number":
            if (
                certificate.serial_number == sid.chosen["serial_number"].native
                and certificate.issuer == sid.chosen["issuer"]
            ):
                return certificate
        elif certificate.key_identifier == sid.chosen.native:
            return certificate
    return None


def _issuer(name: Any) -> str:
    known = name.native
    return ", ".join(
        filter(None, [named(known, "common_name"), named(known, "organization_name")])
    )[:MAX_TEXT]


def named(name: dict[str, Any], key: str) -> str:
    """Return the first value of a distinguished name for a key, printable and not too long."""
    value = name.get(key) or ""
    if isinstance(value, list):
        value = value[0]
    return "".join(letter for letter in str(value) if letter.isprintable())[:MAX_TEXT]


def moment_of(value: Any) -> str:
    """Return a moment as ISO 8601, empty when there is none."""
    return value.isoformat() if isinstance(value, datetime) else ""
