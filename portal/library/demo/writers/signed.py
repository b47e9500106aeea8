"""Signed envelopes of the demonstration: a signer who does not exist, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import hashlib

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from portal.library.demo.source import Source
from portal.library.demo.writers.pdf import write_pdf

SIGNER = "Dirigente dimostrativo"
ISSUER = "Autorità dimostrativa senza valore"


def write_signed(source: Source) -> bytes:
    """Return a PDF in a CAdES envelope."""
    return sign(write_pdf(source), source.moment, organisation=source.author)


def sign(
    content: bytes,
    moment: dt.datetime,
    name: str = SIGNER,
    organisation: str = "Ente dimostrativo",
    detached: bool = False,
) -> bytes:
    """Return the DER of a CMS envelope (RFC 5652) signed at a moment.

    The key is made from the name: it protects nothing, and is the same on every machine.
    """
    secret = int.from_bytes(hashlib.sha256(name.encode()).digest()[:31], "big")
    key = ec.derive_private_key(secret, ec.SECP256R1())
    certificate = _certificate(key, name, organisation, moment)
    attributes = cms.CMSAttributes(
        [
            _attribute("content_type", "data"),
            _attribute("signing_time", cms.Time({"utc_time": core.UTCTime(moment)})),
            _attribute("message_digest", hashlib.sha256(content).digest()),
        ]
    )
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {
                            "issuer": certificate.issuer,
                            "serial_number": certificate.serial_number,
                        }
                    )
                }
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": key.sign(
                attributes.untag().dump(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
            ),
        }
    )
    encapsulated: dict[str, object] = {"content_type": "data"}
    if not detached:
        encapsulated["content"] = content
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": encapsulated,
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    envelope: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return envelope


def _attribute(kind: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": [value]})


def _certificate(
    key: ec.EllipticCurvePrivateKey, name: str, organisation: str, moment: dt.datetime
) -> asn1_x509.Certificate:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "IT"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    issuer = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "IT"),
            x509.NameAttribute(NameOID.COMMON_NAME, ISSUER),
        ]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))
        .not_valid_before(moment - dt.timedelta(days=365))
        .not_valid_after(moment + dt.timedelta(days=2 * 365))
        .sign(key, hashes.SHA256(), ecdsa_deterministic=True)
    )
    return asn1_x509.Certificate.load(made.public_bytes(Encoding.DER))
