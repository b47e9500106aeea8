"""PDF by pypdfium2: one page of the file is one page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as raw

from portal.library.extraction.model import Limits, UnreadableError

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
# pdfium marks a word broken at the end of a line with U+0002, older files with a hyphen.
BROKEN_WORD = re.compile(r"\x02(?:\r?\n)?|(?<=[^\W\d_])[-\u2010\u00ad]\r?\n(?=[a-zà-ÿ])")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def pages(path: str, limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield the pages of a PDF."""
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
            text = text_page.get_text_range()
            text_page.close()
            page.close()
        except pypdfium2.PdfiumError:
            text = ""
        yield f"p. {index + 1}", clean(text)


def clean(text: str) -> str:
    """Return the text of a page with words whole and without control characters."""
    text = BROKEN_WORD.sub("", text).replace("\r\n", "\n")
    return CONTROLS.sub("", text).translate(LIGATURES).strip()
