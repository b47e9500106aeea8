"""A stored file as a path on this machine, wherever the storage is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.models.fields.files import FieldFile

from portal.core.scratch import scratch_folder


@contextmanager
def local_path(file: FieldFile) -> Iterator[Path]:
    """Give the file's own path, or that of a temporary copy when the storage is remote."""
    try:
        path = Path(file.path)
    except NotImplementedError:
        with scratch_folder("copy") as scratch:
            copy = scratch / "copy"
            with copy.open("wb") as target, file.open("rb") as source:
                shutil.copyfileobj(source, target)
            yield copy
        return
    yield path
