"""How fast the jailed child reads PDF pages, its start included."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import typst

from portal.library.extraction import FileFormat, extract
from portal.library.toolbox import extraction_limits
from tests.benchmarks.report import Figure

PAGES = 400


def figures() -> list[Figure]:
    """Measure one file of many pages, three times, and keep the best."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.typ"
        source.write_text(
            f"#for n in range({PAGES}) [= Pagina #n \n #lorem(300) #pagebreak(weak: true)]"
        )
        path = Path(folder) / "a.pdf"
        path.write_bytes(typst.compile(str(source)))
        best, count = 0.0, 0
        for turn in range(3):
            scratch = Path(folder) / f"scratch{turn}"
            scratch.mkdir()
            begun = time.perf_counter()
            result = extract(path, FileFormat.PDF, extraction_limits(), scratch)
            count = len(result.pages)
            best = max(best, count / (time.perf_counter() - begun))
    return [
        Figure(
            "extraction, pages per second and core, child's start included",
            "≥ 300",
            f"{best:.0f} ({count} pages)",
            best >= 300,
        )
    ]
