"""One writer for each format of the demonstration files."""

from __future__ import annotations

from collections.abc import Callable

from portal.library.demo.source import Source
from portal.library.demo.writers.odf import write_odp, write_ods, write_odt
from portal.library.demo.writers.office import write_docx, write_pptx, write_xlsx
from portal.library.demo.writers.pdf import write_pdf, write_scan
from portal.library.demo.writers.plain import write_csv, write_html, write_txt
from portal.library.demo.writers.signed import write_signed

WRITERS: dict[str, Callable[[Source], bytes]] = {
    "pdf": write_pdf,
    "scan": write_scan,
    "signed": write_signed,
    "docx": write_docx,
    "xlsx": write_xlsx,
    "pptx": write_pptx,
    "odt": write_odt,
    "ods": write_ods,
    "odp": write_odp,
    "txt": write_txt,
    "csv": write_csv,
    "html": write_html,
}


def write(source: Source) -> bytes:
    """Return the bytes of a document in its own format."""
    return WRITERS[source.format](source)
