"""A reading whose worker died: taken up again, once, and never by two at a time."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_q.models import OrmQ

from portal.core.heartbeat import LEASE
from portal.library import tasks
from portal.library.extraction import ExtractionResult, FileFormat, sniff
from portal.library.extraction.parent import MORTAL
from portal.library.models import DocumentVersion, VersionState
from portal.library.services import readings
from portal.library.tasks import MAX_ATTEMPTS, extract_version, resume_extractions
from tests.factories.hostile_package import crowded
from tests.factories.library import document

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
STRANGER = """
import os, sys
from portal.library.extraction import jail
jail.end_with(int(sys.argv[1]) or os.getppid())
print("vivo")
"""

# Starts a child that says who it is and asks for nothing, as one does that has hardly begun.
PARENT = """
import sys, tempfile
from pathlib import Path
from portal.library.extraction.parent import run_child
run_child(Path(sys.argv[1]), {}, tempfile.TemporaryFile(), 60, Path(sys.argv[1]).parent)
"""
BEGINNER = """
import os, time
with open("own.part", "w") as file:
    file.write(str(os.getpid()))
os.rename("own.part", "own")
time.sleep(60)
"""


@pytest.fixture
def version() -> DocumentVersion:
    """A version that a worker began to read long ago."""
    found = document("Testo di una pagina.").current_version
    assert found is not None
    DocumentVersion.objects.update(
        state=VersionState.EXTRACTING, attempts=1, started_at=timezone.now() - 2 * LEASE
    )
    OrmQ.objects.all().delete()
    return found


def resumed(capture: Any) -> int:
    """Return how many readings were taken up again, and tell the worker as a commit does."""
    with capture(execute=True):
        return resume_extractions()


def state_of(version: DocumentVersion) -> str:
    version.refresh_from_db()
    return version.state


def test_who_gave_no_sign_of_life_is_dead(
    version: DocumentVersion, django_capture_on_commit_callbacks: Any
) -> None:
    assert resumed(django_capture_on_commit_callbacks) == 1
    assert state_of(version) == VersionState.QUEUED
    assert OrmQ.objects.count() == 1
    assert extract_version(version.pk) == VersionState.READY
    assert version.pages.count() == 1


def test_who_gives_signs_of_life_is_left_alone(
    version: DocumentVersion, django_capture_on_commit_callbacks: Any
) -> None:
    DocumentVersion.objects.update(started_at=timezone.now() - LEASE / 2)
    assert resumed(django_capture_on_commit_callbacks) == 0
    assert state_of(version) == VersionState.EXTRACTING


def test_a_file_that_is_never_read_to_its_end_is_given_up(
    version: DocumentVersion, django_capture_on_commit_callbacks: Any
) -> None:
    DocumentVersion.objects.update(attempts=MAX_ATTEMPTS)
    assert resumed(django_capture_on_commit_callbacks) == 0
    assert state_of(version) == VersionState.FAILED
    assert version.failure_code == "crashed"


def test_a_file_that_nobody_took_is_queued_unless_others_wait_too(
    version: DocumentVersion, django_capture_on_commit_callbacks: Any
) -> None:
    DocumentVersion.objects.update(
        state=VersionState.QUEUED,
        started_at=None,
        created_at=timezone.now() - dt.timedelta(minutes=2),
    )
    waiting = OrmQ.objects.create(key="portal", payload="x", lock=timezone.now())
    assert resumed(django_capture_on_commit_callbacks) == 0
    waiting.delete()
    assert resumed(django_capture_on_commit_callbacks) == 1


def test_who_was_taken_for_dead_keeps_nothing(
    version: DocumentVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    DocumentVersion.objects.update(state=VersionState.QUEUED)
    before = list(version.pages.values_list("pk", "text"))
    read = tasks.read_version

    def read_slowly(*arguments: Any) -> ExtractionResult:
        result = read(*arguments)
        # Another worker has claimed it meanwhile.
        DocumentVersion.objects.update(attempts=3, started_at=timezone.now())
        return result

    monkeypatch.setattr(tasks, "read_version", read_slowly)
    assert extract_version(version.pk) == "taken over"
    assert list(version.pages.values_list("pk", "text")) == before
    assert state_of(version) == VersionState.EXTRACTING


def test_the_text_is_gone_through_before_the_transaction(
    version: DocumentVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    DocumentVersion.objects.update(state=VersionState.QUEUED)
    depth = len(connection.savepoint_ids)
    depths = {}
    for name in ("citations_of", "sketch_of"):
        work = getattr(readings, name)

        def watched(*arguments: Any, name: str = name, work: Any = work) -> Any:
            depths[name] = len(connection.savepoint_ids)
            return work(*arguments)

        monkeypatch.setattr(readings, name, watched)
    assert extract_version(version.pk) == VersionState.READY
    assert depths == {"citations_of": depth, "sketch_of": depth}, "others wait for its end"


@pytest.mark.parametrize(("parent", "said"), [(0, "vivo\n"), (1, "")])
def test_a_child_whose_parent_died_first_ends_too(parent: int, said: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", STRANGER, str(parent)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.stdout == said


@pytest.mark.skipif(not MORTAL, reason="setpriv is not here")
def test_a_child_that_has_hardly_begun_dies_with_its_parent(tmp_path: Path) -> None:
    script = tmp_path / "beginner.py"
    script.write_text(BEGINNER)
    own = tmp_path / "own"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(script)], cwd=ROOT)
    try:
        _until(own.exists)
        parent.kill()
        parent.wait()
        stat = Path(f"/proc/{own.read_text()}/stat")
        _until(lambda: not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z")
    finally:
        parent.kill()
        parent.wait()


def _until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; it is to be long before the child would end by itself."""
    for _ in range(400):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to be")


def test_a_list_of_two_million_entries_is_not_opened_outside_the_jail(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(crowded(2_000_000))
    tracemalloc.start()
    try:
        found = sniff(path, path.name)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.format == FileFormat.ZIP
    assert peak < 10_000_000, "bytes"
