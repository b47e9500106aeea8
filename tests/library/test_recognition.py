"""Scanned pages: found, recognised when tesseract is there, waiting when it is not."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ

from portal.core.access import PUBLIC
from portal.library.extraction import Limits, Tools, extract, sniff
from portal.library.extraction.recognition import Recognition, recognise, upright
from portal.library.extraction.tools import find_tesseract
from portal.library.intake_selectors import recognised_words
from portal.library.models import (
    Document,
    DocumentPage,
    DocumentVersion,
    PageWords,
    RecognitionState,
    VersionState,
)
from portal.library.pictures import rotation_of
from portal.library.services.recognition import keep_recognition, recognise_waiting
from portal.library.tasks import extract_version, look_for_tools, recognise_version
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.scans import mixed, picture, scan

TESSERACT = find_tesseract("tesseract")[0]
needs_tesseract = pytest.mark.skipif(not TESSERACT, reason="no tesseract with Italian")
ABSENT = "programma-che-non-esiste"


def pages_of(tmp_path: Path, data: bytes) -> list[Any]:
    """Return the pages of a PDF as the child reads them."""
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    return extract(path, sniff(path, path.name).format, Limits(seconds=60), tmp_path).pages


def test_scans_are_told_from_text_and_from_small_pictures(tmp_path: Path) -> None:
    assert [page.scanned for page in pages_of(tmp_path, scan(picture(), picture()))] == [True] * 2
    found = pages_of(tmp_path, mixed(tmp_path))
    assert [page.scanned for page in found] == [False, True, False]
    assert "Prot. 1234/2022" in found[1].text


@pytest.mark.parametrize("side", [0, 90, 180, 270])
def test_boxes_turn_with_the_page(side: int) -> None:
    left, top, right, bottom = upright((0.1, 0.2, 0.3, 0.25), side)
    assert 0 <= left < right <= 1
    assert 0 <= top < bottom <= 1
    back = upright((left, top, right, bottom), (360 - side) % 360)
    assert back == pytest.approx((0.1, 0.2, 0.3, 0.25))


@pytest.mark.standalone
@needs_tesseract
@pytest.mark.parametrize(("turned", "skewed"), [(0, 0), (0, 3), (90, 0), (180, 0), (270, 0)])
def test_a_scan_is_read_whichever_side_is_up(turned: int, skewed: float, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(picture(turned=turned, skewed=skewed)))
    found = recognise(path, 1, Tools(tesseract=TESSERACT), tmp_path)
    assert not found.problem
    assert found.rotation == turned
    for word in ("Provincia", "convenzione", "stazione", "territorio"):
        assert word in found.text
    (box,) = [word.box for word in found.words if word.text == "Provincia"]
    # Where the factory wrote it on the upright page.
    assert box[0] == pytest.approx(150 / 1240, abs=0.06)
    assert box[1] == pytest.approx(212 / 1754, abs=0.06)
    assert all(0 <= edge <= 1 for word in found.words for edge in word.box)


@pytest.mark.standalone
@needs_tesseract
def test_sides_are_tried_where_orientation_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.library.extraction.recognition.ORIENTED", 3)
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(picture(turned=180)))
    found = recognise(path, 1, Tools(tesseract=TESSERACT), tmp_path)
    assert found.rotation == 180
    assert "convenzione" in found.text


@pytest.mark.standalone
def test_the_tool_stays_within_its_limits(tmp_path: Path) -> None:
    slow = tmp_path / "lento"
    slow.write_text("#!/bin/sh\nwhile true; do :; done\n")
    slow.chmod(0o755)
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan())
    found = recognise(path, 1, Tools(tesseract=str(slow), recognition_seconds=1), tmp_path)
    assert found.problem == "timeout"
    broken = Tools(tesseract=shutil.which("false") or "/bin/false")
    assert recognise(path, 1, broken, tmp_path).problem == "unrecognised"
    assert recognise(path, 9, broken, tmp_path).problem == "undrawable"


@pytest.fixture
def scanned(db: None, settings: Any) -> Document:
    """A document of two scanned pages, on a server without tesseract."""
    settings.LIBRARY_TESSERACT = ABSENT
    made = document(name="scan.pdf", content=scan(picture(), picture(("Pagina due",))))
    DocumentVersion.objects.update(state=VersionState.QUEUED)
    version = made.current_version
    assert version is not None
    assert extract_version(version.pk) == "ready"
    return Document.objects.get(pk=made.pk)


def current(made: Document) -> DocumentVersion:
    """Return the version of a document as the database has it."""
    assert made.current_version_id is not None
    return DocumentVersion.objects.get(pk=made.current_version_id)


def test_without_tesseract_the_pages_wait(scanned: Document, redattore: Any, member: Any) -> None:
    version = current(scanned)
    assert recognise_version(version.pk) == 0
    assert look_for_tools() == 0
    states = version.pages.values_list("recognition", flat=True)
    assert set(states) == {RecognitionState.WAITING}
    shown = Client().get(scanned.get_absolute_url()).content.decode()
    assert "2 pagine sono scansioni" in shown
    page = Client().get(f"/biblioteca/{scanned.pk}/pagina/1/").content.decode()
    assert "non è ancora stato riconosciuto" in page
    status = client_of(redattore).get("/biblioteca/stato/").content.decode()
    assert "manca" in status
    assert "Documenti scansionati in attesa" in status
    assert client_of(member).get("/biblioteca/stato/").status_code == 403
    assert "/biblioteca/stato/" in client_of(redattore).get("/gestione/").content.decode()


@needs_tesseract
def test_they_are_read_when_tesseract_appears(scanned: Document, settings: Any) -> None:
    version = current(scanned)
    settings.LIBRARY_TESSERACT = "tesseract"
    DocumentVersion.objects.update(recognition_at=timezone.now() - dt.timedelta(hours=1))
    before = scanned.updated_at
    assert look_for_tools() == 1
    assert look_for_tools() == 0, "already in the worker's hands"
    assert recognise_version(version.pk) == 2
    first = version.pages.get(number=1)
    assert (first.recognition, first.ocr) == (RecognitionState.DONE, True)
    assert "stazione unica appaltante" in first.text
    words = recognised_words(first)
    assert [word for word, *_ in words][:3] == ["Provincia", "di", "prova"]
    assert all(len(row) == 5 for row in words)
    assert Document.objects.get(pk=scanned.pk).updated_at > before
    shown = Client().get(f"/biblioteca/{scanned.pk}/pagina/1/", {"q": "convenzione"})
    assert "Testo riconosciuto da scansione" in shown.content.decode()
    assert "<mark>convenzione</mark>" in shown.content.decode()
    assert recognise_version(version.pk) == 0


def test_a_task_delivered_twice_writes_once(scanned: Document) -> None:
    from portal.library.extraction.recognition import Word

    page = current(scanned).pages.get(number=1)
    found = Recognition("Testo", (Word("Testo", (0.1, 0.1, 0.2, 0.2)),), 90, 95)
    keep_recognition(page, found)
    keep_recognition(page, found)
    kept = DocumentPage.objects.get(pk=page.pk)
    assert (kept.text, kept.rotation, kept.ocr) == ("Testo", 90, True)
    assert PageWords.objects.filter(page=page).count() == 1
    assert rotation_of(current(scanned), 1) == 90
    picture_path = f"/biblioteca/{scanned.pk}/pagina/1/immagine.webp"
    answer = Client().get(picture_path)
    assert answer.status_code == 200
    assert "-90" in answer["ETag"]


def test_a_long_scan_goes_back_to_the_queue(
    scanned: Document, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def slow(*arguments: object) -> Recognition:
        time.sleep(0.05)
        return Recognition("Testo")

    monkeypatch.setattr("portal.library.services.recognition.recognise", slow)
    monkeypatch.setattr("portal.library.services.recognition.BUDGET_SECONDS", 0.01)
    OrmQ.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert recognise_waiting(current(scanned), Tools(tesseract="presente")) == 1
    queued = [row.task["func"] for row in OrmQ.objects.all()]
    assert queued.count("portal.library.tasks.recognise_version") == 1
    assert current(scanned).pages.filter(recognition=RecognitionState.WAITING).count() == 1


def test_pages_that_failed_can_be_tried_again(scanned: Document, redattore: Any) -> None:
    DocumentPage.objects.update(recognition=RecognitionState.FAILED)
    shown = client_of(redattore).get(scanned.get_absolute_url()).content.decode()
    assert "2 pagine non si sono potute riconoscere" in shown
    assert client_of(redattore).post(f"/biblioteca/{scanned.pk}/riprova/").status_code == 302
    states = current(scanned).pages.values_list("recognition", flat=True)
    assert set(states) == {RecognitionState.WAITING}


def test_pages_without_pictures_never_wait(db: None) -> None:
    made = document("Testo", audience=PUBLIC)
    assert not DocumentPage.objects.filter(version=made.current_version).exclude(
        recognition=RecognitionState.NONE
    )
