"""How an envelope begins, in whatever of its clothes: DER, BER, PEM, bare base64, MIME."""

from __future__ import annotations

import base64
import binascii
import re

# The object identifier of signed data (RFC 5652, 5.1), which is the first thing in it.
SIGNED_DATA = bytes.fromhex("06092A864886F70D010702")
# That of time-stamped data (RFC 5544, 2).
STAMPED_DATA = bytes.fromhex("060B2A864886F70D010910011F")
# Where it may begin: after the tag of the sequence and a length of one to seven bytes.
FIRST, LAST = 2, 8
MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
SENDER = re.compile(rb"^from:", re.IGNORECASE | re.MULTILINE)
STAMPED_PART = re.compile(
    rb"^content-type:\s*application/(?:(?:x-)?pkcs7-mime|(?:x-)?timestamp-)",
    re.IGNORECASE | re.MULTILINE,
)
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
    return _is_first(SIGNED_DATA, head)


def looks_stamped(head: bytes) -> bool:
    """Tell whether a file that begins so is a TimeStampedData."""
    return _is_first(STAMPED_DATA, head)


def looks_stamped_multipart(head: bytes) -> bool:
    """Tell whether a file that begins so is a multipart of a file and a time stamp."""
    block, _, rest = head.lstrip().replace(b"\r\n", b"\n").partition(b"\n\n")
    return bool(MULTIPART.search(block) and not SENDER.search(block) and STAMPED_PART.search(rest))


def _is_first(identifier: bytes, head: bytes) -> bool:
    return head.startswith(b"\x30") and FIRST <= head.find(identifier) <= LAST
