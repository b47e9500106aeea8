"""The programs of the system that reading may use when they are there, and how they are started."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from portal.library.extraction.model import FileFormat
from portal.library.extraction.parent import run_child

LAUNCH = Path(__file__).with_name("launch.py")
LANGUAGE = "ita"
# Old office formats, and what the converter makes of each so that its pages can be read.
CONVERTED = {
    FileFormat.DOC: FileFormat.PDF,
    FileFormat.RTF: FileFormat.PDF,
    FileFormat.PPT: FileFormat.PDF,
    FileFormat.XLS: FileFormat.XLSX,
}


@dataclass(frozen=True)
class Tools:
    """Paths of the programs, empty when missing, and what they may use: bytes and seconds.

    ``without_language`` tells that tesseract is there and its Italian is not.
    """

    tesseract: str = ""
    office: str = ""
    without_language: bool = False
    recognition_memory: int = 512 * 1024 * 1024
    recognition_seconds: int = 60
    conversion_memory: int = 2 * 1024 * 1024 * 1024
    conversion_seconds: int = 120


def find_tesseract(name: str) -> tuple[str, bool]:
    """Return the path of tesseract if it reads Italian, and whether only its Italian is missing."""
    path = shutil.which(name) or ""
    if not path:
        return "", False
    try:
        listed = subprocess.run(  # noqa: S603 - the administrator's own program
            [path, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        ).stdout.split()
    except (OSError, subprocess.SubprocessError):
        return "", False
    return (path, False) if LANGUAGE in listed else ("", True)


def find_office(name: str) -> str:
    """Return the path of LibreOffice's own program, behind the script that people start."""
    path = shutil.which(name)
    if not path:
        return ""
    program = Path(path).resolve().with_name("soffice.bin")
    return str(program) if program.exists() else path


def run_tool(
    command: list[str],
    output: IO[bytes],
    work_dir: Path,
    memory: int,
    seconds: int,
    files: int = 64,
    sockets: Sequence[str] = (),
    data: int = 0,
) -> int | None:
    """Run a tool behind the walls; return its exit code, or None when it took too long.

    ``memory`` limits the addresses, ``data`` (all of them when 0) what may be written to.
    """
    task: dict[str, object] = {
        "command": command,
        "scratch": str(work_dir),
        "memory": memory,
        "seconds": seconds,
        "files": files,
        "sockets": list(sockets),
        "data": data or memory,
    }
    return run_child(LAUNCH, task, output, seconds, work_dir)
