"""The demonstration library: real files, imported and read as anybody's."""

from __future__ import annotations

import datetime as dt
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from portal.core.seed import SeedContext
from portal.library.demo import DemoFile, build_files
from portal.library.extraction import ExtractionResult
from portal.library.importing import ImportRow, import_file
from portal.library.models import Document, DocumentVersion
from portal.library.services.readings import keep, read_version


def load_library(context: SeedContext) -> None:
    """Write the demonstration files, import those that are missing and read their pages."""
    if Document.objects.filter(tags__name="dimostrazione").exists():
        return
    with tempfile.TemporaryDirectory(prefix="portal-demo-") as folder:
        files = build_files(Path(folder))
        context.write(f"  {len(files)} file scritti")
        with transaction.atomic():
            versions = [version for item in files if (version := _import(Path(folder), item))]
        _read(versions)
    context.write(f"  {len(versions)} documenti letti")


def _import(folder: Path, item: DemoFile) -> DocumentVersion | None:
    values = {
        "title": item.title,
        "description": item.description,
        "kind": item.kind,
        "network": ",".join(item.networks),
        "province": item.province or "",
        "year": str(item.year),
        "tags": ",".join([*item.tags, "dimostrazione"]),
    }
    outcome = import_file(folder / item.path, ImportRow(values, item.audience))
    if outcome.version_id is None:
        return None
    version = DocumentVersion.objects.select_related("document").get(pk=outcome.version_id)
    moment = _moment(item)
    Document.objects.filter(pk=version.document_id).update(
        created_at=moment, archived_at=moment if item.archived else None
    )
    return version


def _moment(item: DemoFile) -> dt.datetime:
    """Return the moment of the upload, always the same."""
    return timezone.make_aware(dt.datetime.combine(item.date, dt.time(9, 30)))


def _read(versions: list[DocumentVersion]) -> None:
    """Read the files two at a time; the rows are written here, one after the other."""
    with (
        tempfile.TemporaryDirectory(prefix="portal-extraction-") as scratch,
        ThreadPoolExecutor(2) as pool,
    ):

        def read(version: DocumentVersion) -> ExtractionResult:
            folder = Path(scratch) / str(version.pk)
            folder.mkdir()
            return read_version(version, folder)

        for version, result in zip(versions, pool.map(read, versions), strict=True):
            keep(version, result)
