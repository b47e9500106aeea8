"""What a file is, by its content; the extension only tells text formats apart."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from portal.library.extraction.model import FileFormat

HEAD = 8192
MIMES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileFormat.ODT: "application/vnd.oasis.opendocument.text",
    FileFormat.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileFormat.ODP: "application/vnd.oasis.opendocument.presentation",
    FileFormat.TXT: "text/plain",
    FileFormat.CSV: "text/csv",
    FileFormat.HTML: "text/html",
}
OFFICE_PARTS = {
    "word/document.xml": FileFormat.DOCX,
    "xl/workbook.xml": FileFormat.XLSX,
    "ppt/presentation.xml": FileFormat.PPTX,
}
OPEN_DOCUMENTS = {MIMES[kind]: kind for kind in (FileFormat.ODT, FileFormat.ODS, FileFormat.ODP)}
ACCEPTED = "PDF, DOCX, ODT, XLSX, ODS, PPTX, ODP, TXT, CSV o HTML"
MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|p|div|table|h1)\b", re.IGNORECASE)


@dataclass(frozen=True)
class SniffResult:
    """The format of a file and its MIME type, or the reason, in Italian, why it has none."""

    format: FileFormat | None
    mime: str
    reason: str = ""


def sniff(path: Path, filename: str) -> SniffResult:
    """Recognise a file by its content."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        return _refused("Il file è vuoto.")
    if b"%PDF-" in head[:1024]:
        return _found(FileFormat.PDF)
    if head.startswith(b"PK\x03\x04"):
        return _archive(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _refused(
            "È un file di Office in un formato vecchio o protetto da password: lo salvi come "
            "DOCX, XLSX o PPTX senza password."
        )
    return _text(head, PurePosixPath(filename).suffix.lower())


def _archive(path: Path) -> SniffResult:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                kind = OPEN_DOCUMENTS.get(declared.removesuffix("-template"))
                if kind:
                    return _found(kind)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return _refused("Il file è danneggiato o incompleto: provi a esportarlo di nuovo.")
    for part, kind in OFFICE_PARTS.items():
        if part in names:
            return _found(kind)
    return _refused(f"Gli archivi ZIP non si possono leggere: carichi i file {ACCEPTED}.")


def _text(head: bytes, suffix: str) -> SniffResult:
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        odd = sum(byte < 9 or 13 < byte < 32 for byte in head)
        if b"\x00" in head or odd > len(head) // 50:
            return _refused(f"Il formato del file non è tra quelli accettati: {ACCEPTED}.")
    if MARKUP.search(head[:2048]):
        return _found(FileFormat.HTML)
    if suffix == ".csv" or (suffix not in (".txt", ".html") and _looks_like_csv(head)):
        return _found(FileFormat.CSV)
    return _found(FileFormat.TXT)


def _looks_like_csv(head: bytes) -> bool:
    lines = head.splitlines()[:6]
    return len(lines) > 2 and any(
        lines[0].count(mark) >= 2 and len({line.count(mark) for line in lines[:-1]}) == 1
        for mark in (b";", b"\t", b",")
    )


def _found(kind: FileFormat) -> SniffResult:
    return SniffResult(kind, MIMES[kind])


def _refused(reason: str) -> SniffResult:
    return SniffResult(None, "application/octet-stream", reason)
