"""The parent's side of the jail: starts the child, waits, and takes what it printed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from portal.library.extraction.model import ExtractedPage, ExtractionResult, FileFormat, Limits

CHILD = Path(__file__).with_name("child.py")
PROJECT = Path(__file__).resolve().parents[3]
GRACE_SECONDS = 10
SIGNAL_CODES = {-signal.SIGXCPU: "timeout", -signal.SIGKILL: "memory", -signal.SIGXFSZ: "memory"}


def extract(
    path: Path, file_format: FileFormat | None, limits: Limits, work_dir: Path
) -> ExtractionResult:
    """Read the pages of a file in a child process; never raises for what is in the file."""
    if file_format is None:
        return ExtractionResult(error_code="unsupported")
    if not path.stat().st_size:
        return ExtractionResult(error_code="empty")
    task = {"path": str(path), "format": file_format.value, "limits": asdict(limits)}
    with tempfile.TemporaryFile(dir=work_dir) as output:
        code = run_child(CHILD, task, output, limits.seconds, work_dir)
        output.seek(0)
        return _result(output, code)


def run_child(
    script: Path, task: dict[str, object], output: IO[bytes], seconds: int, work_dir: Path
) -> int | None:
    """Run a script of the jail with an empty environment; None when it took too long."""
    modules = [str(PROJECT), *(entry for entry in sys.path if entry.endswith("-packages"))]
    argument = json.dumps({**task, "modules": modules})
    process = subprocess.Popen(  # noqa: S603 - our own script, no shell
        [sys.executable, "-I", "-S", "-X", "utf8", str(script), argument],
        env={},
        cwd=work_dir,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        close_fds=True,
    )
    try:
        return process.wait(seconds + GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _result(output: IO[bytes], code: int | None) -> ExtractionResult:
    pages: list[ExtractedPage] = []
    for row in _rows(output):
        if "error" in row:
            return ExtractionResult(error_code=str(row["error"]))
        if "end" in row:
            return ExtractionResult(pages, truncated=bool(row["truncated"]))
        pages.append(
            ExtractedPage(
                len(pages) + 1, str(row["label"]), str(row["text"]), structure=row.get("structure")
            )
        )
    if code is None:
        return ExtractionResult(error_code="timeout")
    return ExtractionResult(error_code=SIGNAL_CODES.get(code, "crashed"))


def _rows(output: IO[bytes]) -> Iterator[dict[str, Any]]:
    for line in output:
        try:
            yield json.loads(line)
        except ValueError:
            return
