"""Old office formats: read through LibreOffice where it is, kept and waiting where it is not."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client
from pptx import Presentation

from portal.library.extraction import FileFormat, Limits, Tools, extract, sniff
from portal.library.extraction.tools import find_office, run_tool
from portal.library.models import Document, DocumentVersion, VersionState
from portal.library.tasks import extract_version, look_for_tools
from tests.conftest import client_of
from tests.factories.compound import compound
from tests.factories.library import document
from tests.factories.signed import envelope

OFFICE = find_office("soffice")
needs_office = pytest.mark.skipif(not OFFICE, reason="no LibreOffice")
ABSENT = "programma-che-non-esiste"
RTF = rb"{\rtf1\ansi\ansicpg1252 Determina di {\b adesione} alla SUA\par citt\'e0\page Seconda}"


@pytest.mark.parametrize(
    ("stream", "file_format"),
    [
        ("WordDocument", FileFormat.DOC),
        ("Workbook", FileFormat.XLS),
        ("Book", FileFormat.XLS),
        ("PowerPoint Document", FileFormat.PPT),
    ],
)
def test_compound_files_are_told_apart(
    stream: str, file_format: FileFormat, tmp_path: Path
) -> None:
    path = tmp_path / "x"
    path.write_bytes(compound({stream: b"x" * 5000, "Data": b"y"}))
    assert sniff(path, "senza-nome").format == file_format


def test_a_file_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(compound({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y"}))
    assert "password" in sniff(path, "x.docx").reason
    path.write_bytes(compound({"Altro": b"y"}))
    assert "accettati" in sniff(path, "x.bin").reason
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 3000)
    assert sniff(path, "x.doc").format is None


@pytest.fixture
def waiting(db: None, settings: Any, redattore: Any) -> Document:
    """An RTF on a server without LibreOffice, read in vain."""
    settings.LIBRARY_OFFICE = ABSENT
    made = document(name="determina.rtf", content=RTF, uploaded_by_user=redattore)
    DocumentVersion.objects.update(state=VersionState.QUEUED)
    assert made.current_version is not None
    assert extract_version(made.current_version.pk) == "failed"
    return Document.objects.get(pk=made.pk)


def test_without_a_converter_the_file_waits(
    waiting: Document, redattore: Any, settings: Any
) -> None:
    client = client_of(redattore)
    shown = client.get(waiting.get_absolute_url()).content.decode()
    assert "Formato non leggibile su questo server" in shown
    answer = Client().get(f"/biblioteca/{waiting.pk}/scarica/")
    assert b"".join(answer.streaming_content) == RTF
    status = client.get("/biblioteca/stato/").content.decode()
    assert "File di Office vecchi in attesa" in status
    assert waiting.title in status
    assert look_for_tools() == 0
    # Any program will do to see that the file is queued again.
    settings.LIBRARY_OFFICE = "true"
    assert look_for_tools() == 1
    version = DocumentVersion.objects.get()
    assert version.state == VersionState.QUEUED
    assert extract_version(version.pk) == "failed"
    version.refresh_from_db()
    assert version.failure_code == "unconvertible"
    assert look_for_tools() == 0, "what cannot be converted is not tried for ever"


@needs_office
def test_it_is_read_when_the_converter_appears(waiting: Document, settings: Any) -> None:
    settings.LIBRARY_OFFICE = "soffice"
    assert look_for_tools() == 1
    version = DocumentVersion.objects.get()
    assert extract_version(version.pk) == "ready"
    version.refresh_from_db()
    assert (version.format, version.page_count) == ("rtf", 2)
    page = Client().get(f"/biblioteca/{waiting.pk}/pagina/1/").content.decode()
    assert "Determina di adesione alla SUA" in page
    assert "città" in page
    assert Client().get(f"/biblioteca/{waiting.pk}/pagina/2/immagine.webp").status_code == 200
    original = Client().get(f"/biblioteca/{waiting.pk}/scarica/")
    assert b"".join(original.streaming_content) == RTF


@pytest.mark.standalone
@needs_office
def test_doc_xls_and_ppt_are_read(tmp_path: Path) -> None:
    text = docx.Document()
    text.add_paragraph("Regolamento della stazione unica appaltante")
    text.save(str(tmp_path / "a.docx"))
    book = openpyxl.Workbook()
    book.active.title = "Bilancio"  # type: ignore[union-attr]
    book.active["A1"] = "Contributo di Treviso"  # type: ignore[index]
    book.save(tmp_path / "a.xlsx")
    slides = Presentation()
    for title in ("Prima", "Seconda"):
        slides.slides.add_slide(slides.slide_layouts[0]).shapes.title.text = title
    slides.save(str(tmp_path / "a.pptx"))
    expected = {
        "doc": ("p. 1", "stazione unica appaltante"),
        "xls": ("foglio Bilancio", "Contributo di Treviso"),
        "ppt": ("diapositiva 1", "Prima"),
    }
    for old, (label, words) in expected.items():
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                old,
                "--outdir",
                str(tmp_path),
                str(tmp_path / f"a.{old}x"),
            ],
            capture_output=True,
            timeout=120,
            check=False,
        )
        path = tmp_path / f"a.{old}"
        found = sniff(path, "senza nome")
        assert found.format == FileFormat(old)
        result = extract(path, found.format, Limits(), tmp_path, Tools(office=OFFICE))
        assert not result.error_code
        assert result.pages[0].label == label
        assert words in result.pages[0].text
    signed = tmp_path / "a.doc.p7m"
    signed.write_bytes(envelope((tmp_path / "a.doc").read_bytes()))
    result = extract(signed, FileFormat.P7M, Limits(), tmp_path, Tools(office=OFFICE))
    assert result.inner is not None
    assert (result.inner.format, result.inner.name) == (FileFormat.DOC, "a.doc")
    assert result.drawn is not None
    assert len(result.signatures) == 1


@pytest.mark.standalone
@needs_office
def test_hostile_documents_do_not_reach_outside(tmp_path: Path) -> None:
    secret = tmp_path / "segreto.txt"
    secret.write_text("contenuto-segreto")
    path = tmp_path / "a.rtf"
    path.write_bytes(
        rb"{\rtf1 Testo {\field{\*\fldinst INCLUDETEXT "
        + f'"file://{secret}"'.encode()
        + rb"}{\fldrslt x}}{\field{\*\fldinst INCLUDEPICTURE "
        + rb'"http://127.0.0.1:9/x.png" \\d}{\fldrslt y}}}'
    )
    result = extract(path, FileFormat.RTF, Limits(), tmp_path, Tools(office=OFFICE))
    assert "contenuto-segreto" not in "".join(page.text for page in result.pages)
    path.write_bytes(b"{\\rtf1" + b"{" * 200_000)
    result = extract(path, FileFormat.RTF, Limits(), tmp_path, Tools(office=OFFICE))
    assert result.error_code or result.pages


@pytest.mark.standalone
def test_a_tool_writes_in_its_folder_and_reaches_nothing(tmp_path: Path) -> None:
    """The walls hold for a program that is not ours, and tell in its exit code."""
    outside = tmp_path / "fuori"
    inside = tmp_path / "dentro"
    outside.mkdir()
    inside.mkdir()
    script = (
        "import socket, sys\n"
        "codes = 0\n"
        f"open({str(inside / 'a')!r}, 'w').write('x')\n"
        "for number, attempt in enumerate([\n"
        f"    lambda: open({str(outside / 'b')!r}, 'w'),\n"
        "    lambda: socket.create_connection(('127.0.0.1', 9), 1),\n"
        "    lambda: socket.socket(socket.AF_INET6),\n"
        "    lambda: bytearray(900 * 1024 * 1024),\n"
        "]):\n"
        "    try:\n"
        "        attempt()\n"
        "    except (PermissionError, MemoryError):\n"
        "        codes |= 1 << number\n"
        "    except ConnectionRefusedError:\n"
        "        pass\n"
        "sys.exit(codes)\n"
    )
    with (tmp_path / "output").open("wb") as output:
        code = run_tool(
            ["/usr/bin/env", "python3", "-c", script], output, inside, 512 * 1024 * 1024, 10
        )
    assert code == 0b1111
    assert (inside / "a").exists()
    assert not (outside / "b").exists()
