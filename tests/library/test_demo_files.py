"""The demonstration files: many, real, different from each other, the same at every build."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from pathlib import Path

import docx
import openpyxl
import pptx
import pypdfium2
import pytest
from odfdo import Document as OdfDocument

from portal.library.demo import DemoFile, build_files
from portal.library.demo.tables import provinces
from portal.library.extraction import cms
from portal.library.models import DocumentKind

pytestmark = pytest.mark.standalone

AGREEMENT = "Schema di convenzione tra Provincia e Comuni per la Stazione Unica Appaltante"
OFFICE = {".docx", ".odt", ".xlsx", ".ods", ".pptx", ".odp"}
FORMATS = OFFICE | {".pdf", ".txt", ".csv", ".html", ".p7m"}
SCANNED = "Convenzione sottoscritta con un Comune aderente (copia scansionata)"
HONORIFICS = re.compile(r"\b(?:Sig|Dott|Ing|Avv|Arch|Geom|Prof|On)(?:\.ssa|\.|ssa)\s+[A-Z]")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[DemoFile]:
    return build_files(tmp_path_factory.mktemp("demo"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pdf_pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def text_of(path: Path) -> str:
    match path.suffix:
        case ".pdf":
            return "\n".join(pdf_pages(path))
        case ".docx":
            word = docx.Document(str(path))
            cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
            return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])
        case ".xlsx":
            book = openpyxl.load_workbook(path)
            rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
            return "\n".join(str(cell) for row in rows for cell in row if cell is not None)
        case ".pptx":
            slides = pptx.Presentation(str(path)).slides
            shapes = (shape for slide in slides for shape in slide.shapes)
            return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
        case ".odt" | ".ods" | ".odp":
            body = OdfDocument(path).body
            return "\n".join(str(node) for node in body.xpath("//text()"))
        case ".p7m":
            inner = path.with_suffix("")
            inner.write_bytes(cms.content_of(cms.open_envelope(path.read_bytes())))
            return text_of(inner)
        case _:
            return path.read_text(encoding="utf-8-sig")


def test_there_are_enough_files_of_every_format(files: list[DemoFile]) -> None:
    assert len(files) >= 64
    assert {file.path.suffix for file in files} == FORMATS


def test_building_twice_gives_the_same_bytes(files: list[DemoFile], tmp_path: Path) -> None:
    again = build_files(tmp_path)
    assert [(f.path.name, digest(f.path)) for f in again] == [
        (f.path.name, digest(f.path)) for f in files
    ]


def test_no_file_title_or_content_is_there_twice(files: list[DemoFile]) -> None:
    for values in (
        [file.path.name for file in files],
        [file.title for file in files],
        [digest(file.path) for file in files],
    ):
        assert [value for value, times in Counter(values).items() if times > 1] == []


def test_every_file_has_text_in_italian(files: list[DemoFile]) -> None:
    for file in files:
        if file.title != SCANNED:
            text = text_of(file.path)
            assert len(text) > 600, file.path.name
            assert "lorem" not in text.lower(), file.path.name


def test_every_page_of_a_pdf_has_text_and_most_pdf_are_long(files: list[DemoFile]) -> None:
    lengths = []
    for file in files:
        if file.path.suffix != ".pdf" or file.title == SCANNED:
            continue
        pages = pdf_pages(file.path)
        assert all(len(page.strip()) > 80 for page in pages), file.path.name
        lengths.append(len(pages))
    assert sum(1 for length in lengths if length >= 8) >= 12
    assert max(lengths) >= 24


def test_the_scanned_copy_is_pictures_only(files: list[DemoFile]) -> None:
    (scan,) = [file for file in files if file.title == SCANNED]
    pages = pdf_pages(scan.path)
    assert len(pages) == 2
    assert "".join(pages).strip() == ""


def test_the_agreement_speaks_of_the_functions_on_page_twelve(files: list[DemoFile]) -> None:
    (agreement,) = [file for file in files if file.title == AGREEMENT]
    pages = pdf_pages(agreement.path)
    assert "Funzioni della SUA" in pages[11]
    words = [Counter(re.findall(r"\b(SUA|convenzione|Comuni)\b", page)) for page in pages]
    assert all(words[11][word] >= 5 for word in ("SUA", "convenzione", "Comuni"))
    others = [sum(count.values()) for number, count in enumerate(words, 1) if number != 12]
    assert sum(words[11].values()) > 3 * max(others)


def test_what_is_said_of_each_file_is_valid(files: list[DemoFile]) -> None:
    siglas = {province["sigla"] for province in provinces()}
    for file in files:
        assert file.path.is_file()
        assert file.kind in DocumentKind.values, file.path.name
        assert 2020 <= file.year <= 2023
        assert file.networks
        assert set(file.networks) <= {"sua", "europa", "innovazione"}
        assert file.province is None or file.province in siglas
        assert file.tags
        assert len(set(file.tags)) == len(file.tags)
        assert 20 <= len(file.description) <= 255
        assert len(file.title) <= 255


def test_audiences_cover_every_kind_of_reader(files: list[DemoFile]) -> None:
    audiences = Counter(file.audience for file in files)
    assert set(audiences) == {
        "public",
        "members",
        "staff",
        "organisation:TV",
        "organisation:BS",
    }
    assert audiences["public"] > len(files) * 0.8


def test_every_kind_of_document_is_there(files: list[DemoFile]) -> None:
    assert {file.kind for file in files} == set(DocumentKind.values)


def test_twelve_minutes_four_for_each_network(files: list[DemoFile]) -> None:
    minutes = Counter(file.networks for file in files if file.kind == "verbale")
    assert minutes == {("sua",): 4, ("europa",): 4, ("innovazione",): 4}
    assert {file.year for file in files if file.kind == "verbale"} == {2021}


def test_no_person_is_named(files: list[DemoFile]) -> None:
    for file in files:
        text = text_of(file.path)
        assert HONORIFICS.search(text) is None, file.path.name


def test_long_documents_do_not_repeat_each_other(files: list[DemoFile]) -> None:
    """Only the documents that acts make alike, one for each Province, share sentences."""
    seen: dict[str, str] = {}
    shared: Counter[tuple[str, str]] = Counter()
    for file in files:
        family = re.sub(r"-[a-z]{2}$", "", file.path.stem)
        for sentence in set(re.split(r"(?<=[.;])\s+", text_of(file.path).replace("\r\n", " "))):
            if len(sentence) < 90 or sentence.startswith("Documento dimostrativo"):
                continue
            owner = seen.setdefault(sentence, family)
            if owner != family:
                shared[owner, family] += 1
    assert {pair: times for pair, times in shared.items() if times > 2} == {}


def test_the_raccolte_name_files_that_exist(files: list[DemoFile]) -> None:
    from portal.library.demo.kits import KITS

    public = {file.title for file in files if file.audience == "public"}
    for _, network, _, introduction, titles in KITS:
        assert set(titles) <= public, network
        assert introduction


def test_open_data_have_rows_as_long_as_their_header(files: list[DemoFile]) -> None:
    for file in files:
        if file.path.suffix == ".csv":
            text = file.path.read_text(encoding="utf-8-sig")
            rows = list(csv.reader(io.StringIO(text), delimiter=";"))
            assert len(rows) > 10
            assert {len(row) for row in rows} == {len(rows[0])}
