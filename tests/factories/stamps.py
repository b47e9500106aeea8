"""Time stamps of an authority that does not exist, and the envelopes that carry them."""

from __future__ import annotations

import base64
import datetime as dt

from asn1crypto import cms, core, tsp, x509

from portal.library.demo.writers.signed import sign
from portal.library.extraction.stamps import StampedInfo
from tests.factories.signed import MOMENT

AUTHORITY = "Autorità di marcatura di prova"
STAMPED = MOMENT + dt.timedelta(minutes=5)


def token(name: str = AUTHORITY, certificate: bool = True) -> bytes:
    """Return a time-stamp token (RFC 3161, 2.4.2)."""
    stamp = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": "1.3.6.1.4.1.99999.1",
            "message_imprint": {
                "hash_algorithm": {"algorithm": "sha256"},
                "hashed_message": bytes(32),
            },
            "serial_number": 0xABC123,
            "gen_time": core.GeneralizedTime(STAMPED),
            "tsa": x509.GeneralName(
                "directory_name", x509.Name.build({"common_name": "Autorità dichiarata"})
            ),
        }
    )
    made = cms.ContentInfo.load(sign(stamp.dump(), MOMENT, name=name, organisation="Ente di marca"))
    signed = made["content"]
    values = {
        "version": "v3",
        "digest_algorithms": signed["digest_algorithms"],
        # By number: asn1crypto may have gathered the names before tsp added its own.
        "encap_content_info": {"content_type": "1.2.840.113549.1.9.16.1.4", "content": stamp},
        "signer_infos": signed["signer_infos"],
    }
    if certificate:
        values["certificates"] = signed["certificates"]
    made = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(values)})
    return bytes(made.dump())


def reply(made: bytes) -> bytes:
    """Return the answer of an authority with a token (a ``.tsr``)."""
    answer = tsp.TimeStampResp(
        {"status": {"status": "granted"}, "time_stamp_token": cms.ContentInfo.load(made)}
    )
    return bytes(answer.dump())


def stamped(content: bytes | None, *tokens: bytes) -> bytes:
    """Return a TimeStampedData (a ``.tsd``, RFC 5544), without its file when there is none."""
    evidence = b"".join(
        core.Sequence.load(b"\x30" + _length(len(one)) + one).dump() for one in tokens
    )
    body = core.Integer(1).dump()
    if content is not None:
        body += core.OctetString(content).dump()
    body += b"\xa0" + _length(len(evidence)) + evidence
    data = b"\x30" + _length(len(body)) + body
    kind = core.ObjectIdentifier("1.2.840.113549.1.9.16.1.31").dump()
    whole = kind + b"\xa0" + _length(len(data)) + data
    made = b"\x30" + _length(len(whole)) + whole
    assert StampedInfo.load(made)["content_type"].native == "1.2.840.113549.1.9.16.1.31"
    return made


def multipart(
    file: bytes, answer: bytes, binary: bool = True, file_type: str = "application/pkcs7-mime"
) -> bytes:
    """Return a multipart of a file and of the answer of an authority (a ``.m7m``)."""

    def part(kind: str, name: str, data: bytes, raw: bool) -> bytes:
        coding = b"binary" if raw else b"base64"
        body = data if raw else base64.encodebytes(data).replace(b"\n", b"\r\n")
        return (
            b'--confine\r\nContent-Type: %s; name="%s"\r\nContent-Transfer-Encoding: %s\r\n'
            b'Content-Disposition: attachment; filename="%s"\r\n\r\n%s\r\n'
        ) % (kind.encode(), name.encode(), coding, name.encode(), body)

    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="confine"\r\n\r\n'
        + (part(file_type, "atto.txt.p7m", file, binary) if file else b"")
        + (part("application/timestamp-reply", "atto.tsr", answer, False) if answer else b"")
        + b"--confine--\r\n"
    )


def _length(size: int) -> bytes:
    if size < 128:
        return bytes([size])
    data = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([128 + len(data)]) + data
