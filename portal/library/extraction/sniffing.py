"""What a file is, by its content; the extension only tells text formats apart."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from portal.library.extraction.armour import looks_signed, looks_stamped, looks_stamped_multipart
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
    FileFormat.P7M: "application/pkcs7-mime",
    FileFormat.TSD: "application/timestamped-data",
    FileFormat.M7M: "multipart/mixed",
    FileFormat.DOC: "application/msword",
    FileFormat.RTF: "application/rtf",
    FileFormat.XLS: "application/vnd.ms-excel",
    FileFormat.PPT: "application/vnd.ms-powerpoint",
    FileFormat.EML: "message/rfc822",
    FileFormat.MSG: "application/vnd.ms-outlook",
    FileFormat.ZIP: "application/zip",
}
OFFICE_PARTS = {
    "word/document.xml": FileFormat.DOCX,
    "xl/workbook.xml": FileFormat.XLSX,
    "ppt/presentation.xml": FileFormat.PPTX,
}
OPEN_DOCUMENTS = {MIMES[kind]: kind for kind in (FileFormat.ODT, FileFormat.ODS, FileFormat.ODP)}
ACCEPTED = (
    "PDF, DOCX, ODT, XLSX, ODS, PPTX, ODP, DOC, RTF, XLS, PPT, TXT, CSV, HTML, EML, MSG, ZIP, "
    "anche firmati (P7M) o con marca temporale (TSD, M7M)"
)
# The streams that tell the kinds of compound file apart, the telling ones first.
COMPOUND_STREAMS = {
    "__properties_version1.0": FileFormat.MSG,
    "WordDocument": FileFormat.DOC,
    "PowerPoint Document": FileFormat.PPT,
    "Workbook": FileFormat.XLS,
    "Book": FileFormat.XLS,
}
PASSWORD = "Il file è protetto da password: lo carichi senza protezione."  # noqa: S105 - a sentence
DAMAGED = "Il file è danneggiato o incompleto: provi a esportarlo di nuovo."
UNREADABLE_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    ValueError,
)
HEADER = re.compile(
    rb"^(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type"
    rb"|delivered-to|reply-to|x-[a-z-]+):",
    re.IGNORECASE | re.MULTILINE,
)
MIN_HEADERS = 3
# The end of an archive, with the longest comment; and the longest list of entries that is read
# outside the jail, where every entry takes ten times its bytes.
END_MARK, MAX_END = b"PK\x05\x06", 22 + 65_535
MAX_DIRECTORY = 4 * 1024 * 1024
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
    if looks_signed(head):
        return _found(FileFormat.P7M)
    if looks_stamped(head):
        return _found(FileFormat.TSD)
    if looks_stamped_multipart(head):
        return _found(FileFormat.M7M)
    if head.startswith(b"PK\x03\x04"):
        return _archive(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(path)
    if head.startswith(b"{\\rtf"):
        return _found(FileFormat.RTF)
    # After the others, which may hold a PDF not far from their own beginning.
    if b"%PDF-" in head[:1024]:
        return _found(FileFormat.PDF)
    return _text(head, PurePosixPath(filename).suffix.lower())


def _archive(path: Path) -> SniffResult:
    if _directory_size(path) > MAX_DIRECTORY:
        # No document has so many parts: what it holds is for the jailed child to say.
        return _found(FileFormat.ZIP)
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                kind = OPEN_DOCUMENTS.get(declared.removesuffix("-template"))
                if kind:
                    return _found(kind)
    except UNREADABLE_ARCHIVE:
        return _refused(DAMAGED)
    for part, kind in OFFICE_PARTS.items():
        if part in names:
            return _found(kind)
    return _found(FileFormat.ZIP)


def _directory_size(path: Path) -> int:
    """Return the bytes of an archive's list of entries, by what its end says (APPNOTE 4.3.16)."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - MAX_END, 0))
        end = file.read(MAX_END)
    at = end.rfind(END_MARK)
    return int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0


def _compound(path: Path) -> SniffResult:
    from olefile import OleFileIO

    try:
        with OleFileIO(path) as container:
            if container.exists("EncryptedPackage"):
                return _refused(PASSWORD)
            for stream, kind in COMPOUND_STREAMS.items():
                if container.exists(stream):
                    return _found(kind)
    except Exception:  # noqa: BLE001 - the library raises whatever a hostile file provokes
        return _refused(DAMAGED)
    return _refused(f"Il formato del file non è tra quelli accettati: {ACCEPTED}.")


def _text(head: bytes, suffix: str) -> SniffResult:
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        odd = sum(byte < 9 or 13 < byte < 32 for byte in head)
        if b"\x00" in head or odd > len(head) // 50:
            return _refused(f"Il formato del file non è tra quelli accettati: {ACCEPTED}.")
    if _looks_like_mail(head, suffix):
        return _found(FileFormat.EML)
    if MARKUP.search(head[:2048]):
        return _found(FileFormat.HTML)
    if suffix == ".csv" or (suffix not in (".txt", ".html") and _looks_like_csv(head)):
        return _found(FileFormat.CSV)
    return _found(FileFormat.TXT)


def _looks_like_mail(head: bytes, suffix: str) -> bool:
    block = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
    names = {name.lower() for name in HEADER.findall(block)}
    wanted = 1 if suffix == ".eml" else MIN_HEADERS
    return bool(HEADER.match(block)) and len(names) >= wanted and b"from:" in names


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
