from __future__ import annotations

import csv
import io
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.library.importing import (
    COLUMNS,
    ImportRow,
    Outcome,
    audience_token,
    import_file,
)
from portal.library.models import DocumentVersion, VersionState
from portal.library.tasks import extract_version

BAR = 30


class Command(BaseCommand):
    help = "Imports files and folders into the library. The same content is never imported twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--metadata", type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--audience",
            default="public",
            help="public, members, staff, space:<slug> or organisation:<code>",
        )
        parser.add_argument("--wait", action="store_true", help="read the pages before returning")

    def handle(self, *args: Any, **options: Any) -> None:
        audience_token(options["audience"])
        metadata_path = options["metadata"]
        metadata = read_metadata(metadata_path) if metadata_path else {}
        files = list(find_files(options["paths"], skip=metadata_path))
        if not files:
            raise CommandError("Nessun file trovato.")
        refused = 0
        imported: list[int] = []
        for position, (root, file) in enumerate(files, start=1):
            row = metadata.get(str(file.relative_to(root))) or metadata.get(file.name) or {}
            try:
                outcome = import_file(file, ImportRow(row, options["audience"]))
            except OSError as problem:
                outcome = Outcome(f"rifiutato, non si legge: {problem.strerror}", accepted=False)
            refused += not outcome.accepted
            if outcome.version_id:
                imported.append(outcome.version_id)
            self.stdout.write(
                f"{bar(position, len(files))} {file.relative_to(root)}: {outcome.text}"
            )
        if options["wait"]:
            self.wait(imported)
        self.stdout.write(f"{len(files) - refused} accettati, {refused} rifiutati")
        if refused:
            sys.exit(1)

    def wait(self, versions: list[int]) -> None:
        """Read here what the worker has not begun, and wait for what it is reading."""
        for position, pk in enumerate(versions, start=1):
            extract_version(pk)
            while DocumentVersion.objects.filter(
                pk=pk, state__in=[VersionState.QUEUED, VersionState.EXTRACTING]
            ).exists():
                time.sleep(0.2)
            version = DocumentVersion.objects.get(pk=pk)
            self.stdout.write(
                f"{bar(position, len(versions))} {version.filename}: "
                f"{version.get_state_display()}, {version.page_count} pagine"
            )


def bar(position: int, total: int) -> str:
    """Return a progress bar of text."""
    done = BAR * position // total
    return f"[{'#' * done}{'.' * (BAR - done)}] {position}/{total}"


def find_files(paths: list[Path], skip: Path | None) -> Iterator[tuple[Path, Path]]:
    """Yield each file with the folder it was found under, in a stable order, hidden ones not."""
    skipped = skip.resolve() if skip else None
    for path in paths:
        if not path.exists():
            raise CommandError(f"{path} non esiste.")
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        root = path if path.is_dir() else path.parent
        for file in found:
            if file.is_file() and not file.name.startswith(".") and file.resolve() != skipped:
                yield root, file


def read_metadata(path: Path) -> dict[str, dict[str, str]]:
    """Read the CSV of metadata by file; an unknown column is refused by name."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{path} non si legge: {problem}") from None
    header = text.partition("\n")[0]
    # Spreadsheets in Italian write semicolons.
    delimiter = ";" if header.count(";") > header.count(",") else ","
    try:
        head, *rows = [line for line in csv.reader(io.StringIO(text), delimiter=delimiter) if line]
    except (csv.Error, ValueError) as problem:
        raise CommandError(f"{path} non si legge: {problem}") from None
    columns = [name.strip() for name in head]
    if "file" not in columns:
        raise CommandError(f"{path} non ha la colonna «file».")
    unknown = [name for name in columns if name != "file" and name not in COLUMNS]
    if unknown:
        raise CommandError(f"{path} ha colonne sconosciute: {', '.join(unknown)}.")
    found = {}
    for row in rows:
        values = {name: value.strip() for name, value in zip(columns, row, strict=False)}
        found[values.pop("file", "")] = values
    return found
