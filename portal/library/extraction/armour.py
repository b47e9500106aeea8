"""How a signed envelope begins, in whatever of its clothes: DER, BER, PEM, bare base64."""

from __future__ import annotations

import base64
import binascii
import re

# The object identifier of signed data (RFC 5652, 5.1), which stands near the beginning.
SIGNED_DATA = bytes.fromhex("06092A864886F70D010702")
HEAD = 48
ARMOUR = re.compile(rb"^\s*-----BEGIN [A-Z0-9 #]*(?:PKCS ?#?7|CMS)[A-Z0-9 #]*-----")
BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+\Z")


def looks_signed(head: bytes) -> bool:
    """Tell whether a file that begins so is a signed envelope."""
    if ARMOUR.match(head):
        return True
    if not head.startswith(b"\x30"):
        letters = b"".join(head[:256].split())[:128]
        try:
            head = base64.b64decode(letters[: len(letters) // 4 * 4], validate=True)
        except (binascii.Error, ValueError):
            return False
    return head.startswith(b"\x30") and SIGNED_DATA in head[:HEAD]
