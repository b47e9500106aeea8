"""Signed envelopes in every clothing in which offices exchange them."""

from __future__ import annotations

import base64
import datetime as dt

from asn1crypto import cms, core

from portal.library.demo.writers.signed import sign

MOMENT = dt.datetime(2022, 4, 13, 9, 30, tzinfo=dt.UTC)
END = b"\x00\x00"


def envelope(content: bytes = b"Delibera firmata.\n", name: str = "Firmataria di prova") -> bytes:
    """Return a DER envelope."""
    return sign(content, MOMENT, name=name, organisation="Ente di prova")


def detached(content: bytes = b"Delibera firmata.\n") -> bytes:
    """Return a signature without its file."""
    return sign(content, MOMENT, detached=True)


def pem(der: bytes, label: str = "PKCS7") -> bytes:
    """Return an envelope with the headers of PEM."""
    lines = base64.encodebytes(der)
    return b"-----BEGIN %s-----\n%s-----END %s-----\n" % (label.encode(), lines, label.encode())


def bare_base64(der: bytes) -> bytes:
    """Return an envelope in base64 without headers."""
    return base64.encodebytes(der)


def streamed(der: bytes, chunk: int = 1000) -> bytes:
    """Return an envelope in BER as programs that stream write it (X.690, 8.1.3.6)."""
    signed = cms.ContentInfo.load(der)["content"]
    content = signed["encap_content_info"]["content"].native
    chunks = b"".join(
        core.OctetString(content[at : at + chunk]).dump() for at in range(0, len(content), chunk)
    )
    inner = (
        b"\x30\x80"
        + cms.ContentType("data").dump()
        + (b"\xa0\x80" + b"\x24\x80" + chunks + END + END)
        + END
    )
    data = (
        b"\x30\x80"
        + signed["version"].dump()
        + signed["digest_algorithms"].dump()
        + inner
        + signed["certificates"].dump()
        + signed["signer_infos"].dump()
        + END
    )
    return b"\x30\x80" + cms.ContentType("signed_data").dump() + b"\xa0\x80" + data + END + END


def nested(content: bytes, times: int) -> bytes:
    """Return a file in so many envelopes, each signed by somebody else."""
    for number in range(times):
        content = envelope(content, name=f"Firmataria {number + 1}")
    return content


def signed_pdf(text: str = "Testo") -> bytes:
    """Return a small PDF with a PAdES signature field (ISO 32000-1, 12.8)."""
    contents = detached(text.encode()).hex().encode() + b"00" * 64
    stream = b"BT /F1 24 Tf 20 200 Td (%s) Tj ET" % text.encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[6 0 R]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 280]/Contents 4 0 R%s>>"
        % b"/Resources<</Font<</F1 5 0 R>>>>/Annots[6 0 R]",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Firma)/Rect[0 0 0 0]/V 7 0 R>>",
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached"
        + b"/M(D:20220413113000+02'00')/ByteRange[0 1 2 3]/Contents<%s>>>" % contents,
    ]
    return pdf_of(objects)


def pdf_of(objects: list[bytes]) -> bytes:
    """Return a PDF of these objects, the first its catalogue."""
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    data, start = data + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table), len(data)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
