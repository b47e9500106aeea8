"""Old office formats through a headless LibreOffice with a profile of its own, thrown away."""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from pathlib import Path

from portal.library.extraction.model import FileFormat, UnreadableError
from portal.library.extraction.tools import CONVERTED, Tools, run_tool

MAX_FILES = 512
# Of five addresses that it asks for it writes to one at the most: that is what memory it takes.
UNTOUCHED = 5
# Its answer when it has just made its profile and wants to be started again.
RESTART = 81
# LibreOffice insists on a socket here to find itself again, and may not remove it from the jail.
SOCKETS = "/tmp"  # noqa: S108 - not ours to choose


def convert(path: Path, file_format: FileFormat, tools: Tools, work_dir: Path) -> Path:
    """Return a PDF or XLSX made of an old office file, in the scratch folder.

    Raises UnreadableError when there is no converter or it cannot make anything of the file.
    """
    if not tools.office:
        raise UnreadableError("no_converter")
    wanted = CONVERTED[file_format].value
    folder = Path(tempfile.mkdtemp(prefix="office-", dir=work_dir))
    # The name of a stored file is not to be trusted; a link gives it one that tells its kind.
    source = folder / f"source.{file_format.value}"
    source.symlink_to(path.resolve())
    made = folder / "made" / f"source.{wanted}"
    command = [
        tools.office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        wanted,
        "--outdir",
        str(made.parent),
        str(source),
    ]
    code = _run(command, folder, tools)
    if code == RESTART:
        code = _run(command, folder, tools)
    if code is None:
        raise UnreadableError("timeout")
    if not made.is_file() or not made.stat().st_size:
        raise UnreadableError("unconvertible")
    return made


def _run(command: list[str], folder: Path, tools: Tools) -> int | None:
    started = time.time()
    with tempfile.TemporaryFile(dir=folder) as output:
        code = run_tool(
            command,
            output,
            folder,
            tools.conversion_memory,
            tools.conversion_seconds,
            MAX_FILES,
            [SOCKETS],
            tools.conversion_memory // UNTOUCHED,
        )
    _sweep(started)
    return code


def _sweep(started: float) -> None:
    for left in Path(SOCKETS).glob("OSL_PIPE_*_SingleOfficeIPC_*"):
        with suppress(OSError):
            if left.stat().st_mtime >= started - 1:
                left.unlink()
