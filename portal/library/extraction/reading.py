"""From a stored file to its pages: out of its envelopes, out of its old format, into text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

from portal.library.extraction.model import (
    ENVELOPES,
    ExtractionResult,
    FileFormat,
    InnerFile,
    Limits,
    Signature,
    UnreadableError,
)
from portal.library.extraction.office import convert
from portal.library.extraction.parent import read_pages, run_and_collect
from portal.library.extraction.sniffing import sniff
from portal.library.extraction.tools import CONVERTED, Tools

UNWRAPPING = Path(__file__).with_name("unwrapping.py")
MAX_ENVELOPES = 5
# A whole file stands in memory a few times while its envelope is opened: measured, 4.3 times. One
# as large as the library takes by default keeps within the limit of every child.
ENVELOPE_COPIES = 4.5
BASE_MEMORY = 60 * 1024 * 1024
ENVELOPE_NAME = re.compile(r"\.(?:p7m|p7s|p7e|m7m|tsd|pem|b64)\Z", re.IGNORECASE)


def extract(
    path: Path,
    file_format: FileFormat | None,
    limits: Limits,
    work_dir: Path,
    tools: Tools | None = None,
    filename: str = "",
) -> ExtractionResult:
    """Read the pages of a file in child processes; never raises for what is in the file."""
    if not path.stat().st_size:
        return ExtractionResult(error_code="empty")
    if file_format not in ENVELOPES:
        return _read(path, file_format, limits, work_dir, tools or Tools())
    outer = _unwrap(path, file_format, filename or path.name, limits, work_dir)
    if outer.inner is None or outer.error_code:
        return outer
    found = _read(outer.inner.path, outer.inner.format, limits, work_dir, tools or Tools())
    return replace(found, signatures=[*outer.signatures, *found.signatures], inner=outer.inner)


def _read(
    path: Path, file_format: FileFormat | None, limits: Limits, work_dir: Path, tools: Tools
) -> ExtractionResult:
    if file_format is None:
        return ExtractionResult(error_code="unsupported")
    if file_format not in CONVERTED:
        return read_pages(path, file_format, limits, work_dir)
    try:
        made = convert(path, file_format, tools, work_dir)
    except UnreadableError as problem:
        return ExtractionResult(error_code=problem.code)
    wanted = CONVERTED[file_format]
    found = read_pages(made, wanted, limits, work_dir)
    if file_format == FileFormat.PPT:
        slides = [replace(page, label=f"diapositiva {page.number}") for page in found.pages]
        found = replace(found, pages=slides)
    return replace(found, drawn=made if wanted == FileFormat.PDF else None)


def _unwrap(
    path: Path, kind: FileFormat, filename: str, limits: Limits, work_dir: Path
) -> ExtractionResult:
    """Open the envelopes one inside the other, and return who signed and what is in the last."""
    signatures: list[Signature] = []
    name = filename
    for level in range(1, MAX_ENVELOPES + 1):
        target = work_dir / f"inner-{level}"
        task: dict[str, object] = {
            "path": str(path),
            "format": kind.value,
            "target": str(target),
            "level": level,
            "memory": max(limits.memory, BASE_MEMORY + int(ENVELOPE_COPIES * path.stat().st_size)),
            "seconds": limits.seconds,
        }
        outcome = run_and_collect(UNWRAPPING, task, limits.seconds, work_dir)
        signatures += outcome.signatures
        if outcome.error_code:
            return ExtractionResult(error_code=outcome.error_code, signatures=signatures)
        name = ENVELOPE_NAME.sub("", name)
        found = sniff(target, name)
        if found.format not in ENVELOPES:
            inner = InnerFile(target, inner_name(name, found.format), found.format, found.mime)
            return ExtractionResult(signatures=signatures, inner=inner)
        path, kind = target, found.format
    return ExtractionResult(error_code="too_nested", signatures=signatures)


def inner_name(name: str, file_format: FileFormat | None) -> str:
    """Return the name of an unwrapped file, with the ending of its true format."""
    wanted = f".{file_format.value}" if file_format else ""
    name = name or "documento"
    if PurePosixPath(name).suffix.lower() in (wanted, ".htm" if wanted == ".html" else wanted):
        return name
    # A text keeps its own ending: .xml and .md are texts too.
    if file_format in (None, FileFormat.TXT) and PurePosixPath(name).suffix:
        return name
    return name + wanted
