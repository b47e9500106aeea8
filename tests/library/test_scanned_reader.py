"""Scanned pages in the reader: upright pictures, marks where the words are, norms and likeness."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from portal.library.extraction.recognition import Recognition
from portal.library.models import Document, DocumentVersion, PageWords, VersionState
from portal.library.pictures import drawable_file, folder_of, page_thumbnail
from portal.library.reading.words import Word, boxes_of, page_words
from portal.library.services.recognition import keep_recognition
from portal.library.tasks import extract_version, recognise_version
from tests.factories.library import document
from tests.factories.scans import HEIGHT, WIDTH, mixed, picture, scan
from tests.factories.signed import envelope
from tests.library.test_reader import rectangles, shown
from tests.library.test_recognition import needs_tesseract

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def read(name: str, content: bytes) -> tuple[Document, DocumentVersion]:
    """Make a document of a file and have it read by the worker's tasks."""
    made = document(name=name, content=content)
    DocumentVersion.objects.update(state=VersionState.QUEUED)
    assert made.current_version_id is not None
    assert extract_version(made.current_version_id) == "ready"
    recognise_version(made.current_version_id)
    return made, DocumentVersion.objects.get(pk=made.current_version_id)


def middle_of(html: str) -> tuple[float, float]:
    """Return the middle of the only mark, in fractions of the picture."""
    ((x, y, width, height),) = rectangles(html)
    return (x + width / 2) / 1000, (y + height / 2) / 1000


def drawn(content: bytes) -> Image.Image:
    """Return a picture in grey."""
    return Image.open(io.BytesIO(content)).convert("L")


@needs_tesseract
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_marks_lie_on_the_words_of_a_scan(turned: int) -> None:
    made, version = read("scan.pdf", scan(picture(turned=turned)))
    path = f"/biblioteca/{made.pk}/pagina/1/"
    across, down = middle_of(shown(path, q="provincia"))
    # The factory writes the word from 150 of 1240 pixels, 44 high, 200 of 1754 pixels down.
    assert across == pytest.approx(240 / WIDTH, abs=0.03)
    assert down == pytest.approx(226 / HEIGHT, abs=0.02)
    page = drawn(b"".join(Client().get(path + "immagine.webp").streaming_content))
    small = page_thumbnail(version, 1)
    assert small is not None
    for image in (page, drawn(small.read_bytes())):
        wide, high = image.size
        assert wide < high
        box = ((across - 0.06) * wide, (down - 0.015) * high, (across + 0.06) * wide)
        ink = image.crop((*map(int, box), int((down + 0.015) * high)))
        assert ink.getextrema()[0] < 170, "the words are under the mark"
        below = image.crop((0, int(0.6 * high), wide, int(0.95 * high)))
        assert below.getextrema()[0] > 170, "the page is upright: its lower half is empty"
    assert small.name == (f"1-160-{turned}.webp" if turned else "1-160.webp")


@needs_tesseract
def test_a_stamp_and_the_scan_below_it_are_both_marked(tmp_path: Path) -> None:
    made, version = read("misto.pdf", mixed(tmp_path))
    page = version.pages.get(number=2)
    assert page.ocr
    path = f"/biblioteca/{made.pk}/pagina/2/"
    across, down = middle_of(shown(path, q="appaltante"))
    assert 0.3 < across < 0.6
    assert down == pytest.approx(446 / HEIGHT, abs=0.02)
    stamp = rectangles(shown(path, q="1234/2022"))
    assert stamp
    assert all(box[0] < 300 and box[1] < 100 for box in stamp)


@needs_tesseract
def test_a_scan_is_read_and_drawn_inside_a_signed_envelope() -> None:
    made, version = read("scan.pdf.p7m", envelope(scan(picture())))
    file = drawable_file(version)
    assert file is not None
    assert file.name == version.inner_file.name != version.file.name
    html = shown(f"/biblioteca/{made.pk}/pagina/1/", q="provincia")
    assert middle_of(html)[1] == pytest.approx(226 / HEIGHT, abs=0.02)


def waiting_scan(*pages: tuple[str, ...]) -> DocumentVersion:
    """Make a scan that nobody has recognised."""
    made = document(name="scan.pdf", content=scan(*(picture(lines) for lines in pages)))
    DocumentVersion.objects.update(state=VersionState.QUEUED)
    assert made.current_version_id is not None
    extract_version(made.current_version_id)
    return DocumentVersion.objects.get(pk=made.current_version_id)


def test_what_is_recognised_counts_for_norms_and_likeness(settings: Any) -> None:
    settings.LIBRARY_TESSERACT = "programma-che-non-esiste"
    version = waiting_scan(("Uno",), ("Due",))
    text = " ".join(f"parola{number}" for number in range(300))
    first, second = version.pages.all()
    keep_recognition(first, Recognition("Vista la l. 56/2014"))
    assert list(version.norm_citations.values_list("page", "label")) == [(1, "l. 56/2014")]
    assert not version.sketch_bands.exists(), "a page still waits"
    keep_recognition(second, Recognition(f"{text} e il d.lgs. 267/2000"))
    keep_recognition(second, Recognition("Vista la l. 241/1990"))
    cited = list(version.norm_citations.values_list("page", "label"))
    assert cited == [(1, "l. 56/2014"), (2, "d.lgs. 267/2000")]
    assert version.sketch_bands.count() == 32


def test_a_word_broken_over_lines_is_one_word(settings: Any) -> None:
    settings.LIBRARY_TESSERACT = "programma-che-non-esiste"
    version = waiting_scan(("Uno",))
    page = version.pages.get()
    page.ocr = True
    PageWords.objects.create(
        page=page,
        words=[
            ["il", 0.1, 0.1, 0.15, 0.12],
            ["Comune", 0.8, 0.1, 0.9, 0.12],
            ["Comune", 0.1, 0.13, 0.2, 0.15],
            ["capofila", 0.25, 0.13, 0.4, 0.15],
        ],
    )
    words = page_words(version, page)
    assert [word.text for word in words] == ["il", "Comune", "capofila"]
    broken = [(0.8, 0.1, 0.9, 0.12), (0.1, 0.13, 0.2, 0.15)]
    assert boxes_of(words, "comuni", "") == (broken, [])
    assert boxes_of(words, "", "comune capofila")[1] == [*broken, (0.25, 0.13, 0.4, 0.15)]
    assert boxes_of([Word("x", ())], "x", "") == ([], [])
    assert (folder_of(version) / "1-words.json").exists()
