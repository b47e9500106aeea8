"""The parent's side of the jail: starts a child, waits, and takes what it printed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from portal.library.extraction.model import (
    ExtractedPage,
    ExtractionResult,
    FileFormat,
    Limits,
    Member,
    Signature,
)

CHILD = Path(__file__).with_name("child.py")
PROJECT = Path(__file__).resolve().parents[3]
GRACE_SECONDS = 10
# A child asks to die with its parent in its first lines, but a busy machine takes a while to come
# to them: util-linux, where it is, asks before the interpreter begins.
SETPRIV = shutil.which("setpriv")
MORTAL = [SETPRIV, "--pdeathsig", "KILL"] if SETPRIV else []
SIGNAL_CODES = {-signal.SIGXCPU: "timeout", -signal.SIGKILL: "memory", -signal.SIGXFSZ: "memory"}


def read_pages(
    path: Path, file_format: FileFormat, limits: Limits, work_dir: Path
) -> ExtractionResult:
    """Read the pages of a file in a child process; never raises for what is in the file."""
    task: dict[str, object] = {
        "path": str(path),
        "format": file_format.value,
        "limits": asdict(limits),
    }
    return run_and_collect(CHILD, task, limits.seconds, work_dir)


def run_and_collect(
    script: Path, task: dict[str, object], seconds: int, work_dir: Path
) -> ExtractionResult:
    """Run a script of the jail that prints rows of JSON, and return them as a result."""
    with tempfile.TemporaryFile(dir=work_dir) as output:
        code = run_child(script, task, output, seconds, work_dir)
        output.seek(0)
        return _result(output, code)


def run_child(
    script: Path, task: dict[str, object], output: IO[bytes], seconds: int, work_dir: Path
) -> int | None:
    """Run a script of the jail with an empty environment; None when it took too long."""
    modules = [str(PROJECT), *(entry for entry in sys.path if entry.endswith("-packages"))]
    argument = json.dumps({**task, "modules": modules, "parent": os.getpid()})
    process = subprocess.Popen(  # noqa: S603 - our own script, no shell
        [*MORTAL, sys.executable, "-I", "-S", "-X", "utf8", str(script), argument],
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
    signatures: list[Signature] = []
    members: list[Member] = []
    problem = "timeout" if code is None else SIGNAL_CODES.get(code, "crashed")
    truncated = False
    for row in _rows(output):
        if "signature" in row:
            signatures.append(Signature(**row["signature"]))
        elif "member" in row:
            members.append(Member(**row["member"]))
        elif "error" in row:
            problem = str(row["error"])
        elif "end" in row:
            problem, truncated = "", bool(row["truncated"])
        else:
            pages.append(
                ExtractedPage(
                    len(pages) + 1,
                    str(row["label"]),
                    str(row["text"]),
                    bool(row.get("scanned")),
                    row.get("structure"),
                )
            )
    if problem:
        return ExtractionResult(error_code=problem, signatures=signatures)
    return ExtractionResult(pages, truncated=truncated, signatures=signatures, members=members)


def _rows(output: IO[bytes]) -> Iterator[dict[str, Any]]:
    for line in output:
        try:
            yield json.loads(line)
        except ValueError:
            return
