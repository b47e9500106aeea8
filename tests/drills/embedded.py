"""Faults of the embedded index: its folder deleted, damaged, read-only, on a full disk."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.report import Figure
from tests.drills.faults import Fault, measure_all
from tests.drills.house import Portal, until

SIZE = "64m"
BLOCK = 64 * 1024


@dataclass(frozen=True)
class Disk:
    """A small disk of its own, of which the index is a folder."""

    path: Path

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.path / "index"

    def delete_index(self) -> None:
        """Delete the folder, whoever may be using it."""
        shutil.rmtree(self.index, ignore_errors=True)
        shutil.rmtree(self.index, ignore_errors=True)

    def damage_index(self) -> None:
        """Write over what tells which files the active generation is made of."""
        generation = (self.index / "current").read_text()
        (self.index / generation / "documents" / "meta.json").write_text("{")

    def set_read_only(self, blocked: bool) -> None:
        """Let nothing be written, or let everything again; a write being done is waited for."""
        how = "remount,bind,ro" if blocked else "remount,bind,rw"
        until(lambda: _mount("-o", how, str(self.path)), 20, how)

    def fill(self) -> None:
        """Leave no room."""
        with (self.path / "ballast").open("wb", buffering=0) as file:
            size = BLOCK
            while size:
                try:
                    file.write(b"\0" * size)
                except OSError:
                    size //= 2

    def clear(self) -> None:
        """Make room again."""
        (self.path / "ballast").unlink()


def figures() -> list[Figure]:
    """Break the folder of the index in every way that is known."""
    folder = Path(tempfile.mkdtemp(prefix="portal-drill-"))
    try:
        with mounted(folder / "disk") as disk:
            if disk is None:
                sys.stdout.write("skipped embedded: this machine lets nobody mount a disk\n")
                return []
            with Portal(
                folder / "portal", environment={"SEARCH_INDEX_DIR": str(disk.index)}
            ) as portal:
                portal.prepare()
                portal.start()
                return measure_all(portal, faults(disk))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def faults(disk: Disk) -> list[Fault]:
    """Return the faults."""
    return [
        Fault("Embedded index deleted", disk.delete_index, lambda: None),
        Fault("Embedded index damaged", disk.damage_index, lambda: None),
        Fault(
            "Embedded index read-only",
            lambda: disk.set_read_only(True),
            lambda: disk.set_read_only(False),
        ),
        Fault("Embedded index on a full disk", disk.fill, disk.clear),
    ]


@contextmanager
def mounted(path: Path) -> Iterator[Disk | None]:
    """Mount a small disk, or give None where that is not permitted."""
    path.mkdir()
    if not _mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(path)):
        yield None
        return
    try:
        yield Disk(path)
    finally:
        # Lazily: what still has a file open lets it go in a moment.
        subprocess.run(["umount", "--lazy", str(path)], check=False)


def _mount(*arguments: str) -> bool:
    done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
    return done.returncode == 0
