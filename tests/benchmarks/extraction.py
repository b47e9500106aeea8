"""How fast jailed children read files of each format, their start included, and their memory."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from portal.library.extraction import ExtractionResult, extract, sniff
from portal.library.extraction.recognition import recognise
from portal.library.toolbox import current_tools, extraction_limits
from tests.benchmarks import files
from tests.benchmarks.memory import watched
from tests.benchmarks.report import Figure

TURNS = 3
PDF_RATE = 300
MOST_MEMORY = 512
MEGABYTE = 1_000_000


def figures() -> list[Figure]:
    """Measure a file of each format, the best of three readings, and the scanned pages once."""
    found = []
    with (
        watched({os.getpid(): "bench"}) as peaks,
        tempfile.TemporaryDirectory(prefix="portal-bench-files-") as folder,
    ):
        for extension, content in files.samples():
            path = Path(folder) / f"prova.{extension}"
            path.write_bytes(content)
            seconds, result = min(
                (_read(path, Path(folder), turn) for turn in range(TURNS)),
                key=lambda pair: pair[0],
            )
            found.append(_figure(extension, seconds, result))
        recognised = _recognised(Path(folder))
    taken = peaks["reading"] / MEGABYTE
    memory = Figure(
        "memory of a child that reads, at its peak",
        f"≤ {MOST_MEMORY} MB",
        f"{taken:.0f} MB",
        0 < taken <= MOST_MEMORY,
        "VmHWM, the largest of all the formats above",
    )
    return [*found, *recognised, memory]


def _read(path: Path, folder: Path, turn: int) -> tuple[float, ExtractionResult]:
    scratch = folder / f"{path.name}-{turn}"
    scratch.mkdir()
    file_format = sniff(path, path.name).format
    begun = time.perf_counter()
    result = extract(path, file_format, extraction_limits(), scratch, filename=path.name)
    seconds = time.perf_counter() - begun
    assert result.pages, (path.name, result.error_code)
    assert not result.error_code, path.name
    return seconds, result


def _figure(extension: str, seconds: float, result: ExtractionResult) -> Figure:
    count = len(result.pages)
    rate = count / seconds
    text = sum(len(page.text) for page in result.pages) / 1000
    wanted = f"≥ {PDF_RATE}" if extension == "pdf" else "measured"
    return Figure(
        f"extraction of {extension.upper()}, pages a second, child's start included",
        wanted,
        f"{rate:.0f} ({count} pages, {text:.0f} kB of text in {seconds * 1000:.0f} ms)",
        extension != "pdf" or rate >= PDF_RATE,
    )


def _recognised(folder: Path) -> list[Figure]:
    """Measure the recognition of scanned pages, where tesseract is installed."""
    tools = current_tools()
    if not tools.tesseract:
        return []
    path = folder / "scansione.pdf"
    path.write_bytes(files.scanned())
    scratch = folder / "scansione"
    scratch.mkdir()
    begun = time.perf_counter()
    for number in range(1, files.SCANNED_PAGES + 1):
        found = recognise(path, number, tools, scratch)
        assert "convenzione" in found.text, found
    seconds = time.perf_counter() - begun
    return [
        Figure(
            "recognition of scanned pages, pages a second",
            "measured",
            f"{files.SCANNED_PAGES / seconds:.1f} ({files.SCANNED_PAGES} pages in {seconds:.1f} s)",
            True,
        )
    ]
