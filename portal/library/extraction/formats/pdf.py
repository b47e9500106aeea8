"""PDF by pypdfium2: one page of the file is one page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from portal.library.extraction.model import Limits, PageText, Signature, UnreadableError

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
# pdfium marks a word broken at the end of a line with U+0002, older files with a hyphen.
BROKEN_WORD = re.compile(r"\x02(?:\r?\n)?|(?<=[^\W\d_])[-\u2010\u00ad]\r?\n(?=[a-zà-ÿ])")
MOMENT = re.compile(r"(?:D:)?(\d{14})(?:Z|([+-])(\d\d)'?(\d\d)?'?)?")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


# Fewer characters than this on a picture are the stamp of a protocol, not the text of the page.
FEW_CHARACTERS = 150
# The part of a page that its pictures cover when it is a scan.
COVERED = 0.6
MAX_OBJECTS = 400
MAX_SIGNATURES = 100
SUBFILTERS = frozenset(["adbe.pkcs7.detached", "ETSI.CAdES.detached", "adbe.pkcs7.sha1"])


def pages(path: str, limits: Limits) -> Iterator[PageText | Signature]:
    """Yield the pages of a PDF, then its signatures (PAdES, ETSI EN 319 142)."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        encrypted = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "assword" in str(problem)
        raise UnreadableError("encrypted" if encrypted else "damaged") from problem
    count = len(document)
    if count > limits.max_pages:
        raise UnreadableError("too_many_pages")
    for index in range(count):
        try:
            page = document[index]
            text_page = page.get_textpage()
            text = clean(text_page.get_text_range())
            text_page.close()
            scanned = len(text) < FEW_CHARACTERS and _covered(page) >= COVERED
            page.close()
        except pypdfium2.PdfiumError:
            text, scanned = "", False
        yield PageText(f"p. {index + 1}", text, scanned)
    yield from _signatures(document)


def _covered(page: pypdfium2.PdfPage) -> float:
    """Return the part of a page under its pictures; a scan in stripes counts as one."""
    width, height = page.get_size()
    if page.get_rotation() in (90, 270):
        width, height = height, width
    area = 0.0
    for drawn in islice(
        page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), MAX_OBJECTS
    ):
        left, bottom, right, top = drawn.get_bounds()
        area += max(min(right, width) - max(left, 0), 0) * max(min(top, height) - max(bottom, 0), 0)
    return area / max(width * height, 1)


def _signatures(document: pypdfium2.PdfDocument) -> Iterator[Signature]:
    count = min(raw.FPDF_GetSignatureCount(document), MAX_SIGNATURES)
    if count <= 0:
        return
    from portal.library.extraction import cms

    for index in range(count):
        found = raw.FPDF_GetSignatureObject(document, index)
        kind = _bytes(raw.FPDFSignatureObj_GetSubFilter, found).rstrip(b"\0").decode("latin-1")
        if kind not in SUBFILTERS:
            continue
        moment = _bytes(raw.FPDFSignatureObj_GetTime, found).rstrip(b"\0").decode("latin-1")
        try:
            signed = cms.open_envelope(_bytes(raw.FPDFSignatureObj_GetContents, found))
            described = list(cms.signatures_of(signed, "pades", 1))
        except (UnreadableError, ValueError, TypeError, KeyError, RecursionError):
            # A signature that cannot be read is a signature still: the reader is told.
            described = [Signature("pades", 1, "", "", "", "")]
        for signature in described:
            yield replace(signature, signed_at=signature.signed_at or _iso(moment))


def _bytes(function: Any, found: Any) -> bytes:
    length = function(found, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    function(found, buffer, length)
    return buffer.raw[:length]


def _iso(moment: str) -> str:
    """Return a moment of PDF (``D:20220413113000+02'00'``) in ISO 8601, empty when it is none."""
    parts = MOMENT.match(moment)
    if parts is None:
        return ""
    digits, sign, hours, minutes = parts.groups()
    zone = f"{sign}{hours}{minutes or '00'}" if hours else "+0000"
    try:
        return datetime.strptime(digits + zone, "%Y%m%d%H%M%S%z").isoformat()
    except ValueError:
        return ""


def clean(text: str) -> str:
    """Return the text of a page with words whole and without control characters."""
    text = BROKEN_WORD.sub("", text).replace("\r\n", "\n")
    return CONTROLS.sub("", text).translate(LIGATURES).strip()
