"""The reading of real files: each ends in the right state, none disturbs the others."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import odfdo
import openpyxl
import pytest
import typst
from docx import Document as Docx
from pptx import Presentation

from portal.library.extraction import FileFormat, Limits, extract, sniff

pytestmark = pytest.mark.standalone

LIMITS = Limits(
    max_pages=300,
    max_unpacked_ratio=100,
    max_unpacked_size=50_000_000,
    memory=512 * 1024 * 1024,
    seconds=60,
)


def read(path: Path, limits: Limits = LIMITS, folder: Path | None = None) -> Any:
    """Return what the child makes of a file, by its content."""
    found = sniff(path, path.name)
    assert found.format is not None, found.reason
    scratch = (folder or path.parent) / "scratch"
    scratch.mkdir(exist_ok=True)
    return extract(path, found.format, limits, scratch)


def pdf(path: Path, source: str) -> Path:
    """Write a PDF from a typst source."""
    text = path.with_suffix(".typ")
    text.write_text(source)
    path.write_bytes(typst.compile(str(text)))
    return path


def test_pages_of_a_pdf(tmp_path: Path) -> None:
    result = read(pdf(tmp_path / "a.pdf", "Prima pagina.\n#pagebreak()\nSeconda: l'ufficio."))
    assert not result.error_code
    assert [page.number for page in result.pages] == [1, 2]
    assert [page.label for page in result.pages] == ["p. 1", "p. 2"]
    assert "Seconda" in result.pages[1].text


def test_columns_tables_ligatures_and_hyphens(tmp_path: Path) -> None:
    source = (
        '#set text(lang: "it", hyphenate: true, size: 20pt)\n#set par(justify: true)\n'
        "#columns(2)[Gli uffici affidano la qualificazione amministrativa e la precertificazione "
        "delle documentazioni interprovinciali straordinariamente complesse. #colbreak() Destra.]\n"
        "#table(columns: 2, [Voce], [Importo], [Gare], [1.500])"
    )
    text = read(pdf(tmp_path / "b.pdf", source)).pages[0].text
    assert "uffici" in text
    assert "affidano" in text
    assert "\x02" not in text
    assert "1.500" in text
    assert "interprovinciali" in text


def test_right_to_left(tmp_path: Path) -> None:
    path = tmp_path / "rtl.txt"
    path.write_text("Comune مرحبا fine")
    assert "مرحبا" in read(path).pages[0].text


def docx(path: Path, text: str) -> Path:
    """Write a DOCX with a paragraph and a table."""
    made = Docx()
    made.add_paragraph(text)
    made.add_table(rows=1, cols=2).rows[0].cells[1].text = "nella cella"
    made.save(str(path))
    return path


def test_office_files(tmp_path: Path) -> None:
    text = read(docx(tmp_path / "a.docx", "Delibera di adesione")).pages[0].text
    assert "Delibera di adesione" in text
    assert "nella cella" in text
    book = openpyxl.Workbook()
    book.active.title = "Bilancio"  # type: ignore[union-attr]
    book.active["A1"] = "Contributo"  # type: ignore[index]
    book.create_sheet("Enti")["A1"] = "Treviso"
    book.save(tmp_path / "a.xlsx")
    sheets = read(tmp_path / "a.xlsx").pages
    assert [page.label for page in sheets] == ["foglio Bilancio", "foglio Enti"]
    slides = Presentation()
    for title in ("Prima", "Seconda"):
        slides.slides.add_slide(slides.slide_layouts[0]).shapes.title.text = title
    slides.save(str(tmp_path / "a.pptx"))
    shown = read(tmp_path / "a.pptx").pages
    assert [page.label for page in shown] == ["diapositiva 1", "diapositiva 2"]
    assert "Seconda" in shown[1].text


def test_open_document_files(tmp_path: Path) -> None:
    text = odfdo.Document("text")
    text.body.clear()
    text.body.append(odfdo.Header(1, "Titolo del piano"))
    text.body.append(odfdo.Paragraph("Attività della Provincia"))
    text.save(tmp_path / "a.odt")
    found = read(tmp_path / "a.odt").pages[0].text
    assert "Titolo del piano" in found
    assert "Attività della Provincia" in found
    sheet = odfdo.Document("spreadsheet")
    sheet.body.clear()
    for name, value in (("Quote", "Contributo"), ("Enti", "Treviso")):
        table = odfdo.Table(name)
        table.set_value("A1", value)
        sheet.body.append(table)
    sheet.save(tmp_path / "a.ods")
    pages = read(tmp_path / "a.ods").pages
    assert [page.label for page in pages] == ["foglio Quote", "foglio Enti"]
    assert "Treviso" in pages[1].text
    slides = odfdo.Document("presentation")
    slides.body.clear()
    for title in ("Prima", "Seconda"):
        slide = odfdo.DrawPage(title, name=title)
        slide.append(odfdo.Frame.text_frame([title], size=("5cm", "2cm")))
        slides.body.append(slide)
    slides.save(tmp_path / "a.odp")
    shown = read(tmp_path / "a.odp").pages
    assert [page.label for page in shown] == ["diapositiva 1", "diapositiva 2"]
    assert "Seconda" in shown[1].text


def test_plain_files(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("attività città".encode("cp1252"))
    assert "attività" in read(tmp_path / "latin.txt").pages[0].text
    (tmp_path / "a.csv").write_text("Comune;Abitanti\nAsolo;9000\n")
    assert "Asolo" in read(tmp_path / "a.csv").pages[0].text
    (tmp_path / "a.html").write_text(
        "<!doctype html><html><head><script>var x='no'</script></head><body><p>Sì</p></body></html>"
    )
    text = read(tmp_path / "a.html").pages[0].text
    assert "Sì" in text
    assert "var x" not in text


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    made = pdf(tmp_path / "vero.pdf", "Testo")
    wrong = tmp_path / "sembra.docx"
    wrong.write_bytes(made.read_bytes())
    assert sniff(wrong, wrong.name).format == FileFormat.PDF
    for name in ("../../etc/passwd.pdf", "C:\\temp\\x.pdf", "a\x00b.pdf", "🏛️.pdf", "x" * 400):
        assert sniff(made, name).format == FileFormat.PDF


def bomb(path: Path) -> Path:
    """Write a DOCX whose parts unpack to far more than they weigh."""
    with zipfile.ZipFile(docx(path, "x")) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
        target.writestr("word/media/bomb.xml", b"0" * 120_000_000)
    return path


def damaged(path: Path) -> Path:
    """Write a PDF cut in the middle."""
    data = pdf(path, "Testo\n#pagebreak()\n" * 5).read_bytes()
    path.write_bytes(data[: len(data) // 3])
    return path


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key: bytes, data: bytes) -> bytes:
    """Encrypt as the standard security handler of PDF 1.4 does."""
    state = list(range(256))
    swap = 0
    for place in range(256):
        swap = (swap + state[place] + key[place % len(key)]) % 256
        state[place], state[swap] = state[swap], state[place]
    found, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        found.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(found)


def encrypted(path: Path) -> Path:
    """Write a PDF that asks for a password (ISO 32000-1, 7.6.3, revision 2)."""
    password = (b"segreta" + PADDING)[:32]
    owner = rc4(hashlib.md5(password).digest()[:5], password)
    rights, name = (-4 & 0xFFFFFFFF).to_bytes(4, "little"), b"0123456789abcdef"
    key = hashlib.md5(password + owner + rights + name).digest()[:5]
    user = rc4(key, PADDING)
    path.write_bytes(
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 280]>>endobj\n"
        b"4 0 obj<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<%s><%s>]>>\n%%%%EOF\n"
        % (owner.hex().encode(), user.hex().encode(), name.hex().encode(), name.hex().encode())
    )
    return path


def test_a_file_with_a_password_says_so(tmp_path: Path) -> None:
    assert read(encrypted(tmp_path / "chiuso.pdf")).error_code == "encrypted"


def test_each_bad_file_fails_alone(tmp_path: Path) -> None:
    assert read(bomb(tmp_path / "bomb.docx")).error_code
    result = read(damaged(tmp_path / "tagliato.pdf"))
    assert result.error_code or not any(page.text for page in result.pages)
    (tmp_path / "zero.pdf").write_bytes(b"")
    assert sniff(tmp_path / "zero.pdf", "zero.pdf").format is None
    good = read(pdf(tmp_path / "sano.pdf", "Sano e salvo"))
    assert "Sano e salvo" in good.pages[0].text


def test_too_many_pages(tmp_path: Path) -> None:
    long = pdf(tmp_path / "lungo.pdf", "#for n in range(5000) [#n #pagebreak(weak: true)]")
    result = read(long)
    assert result.error_code or (result.truncated and len(result.pages) == LIMITS.max_pages)
    assert result.error_code != "crashed"


def test_time_is_limited(tmp_path: Path) -> None:
    long = pdf(tmp_path / "lungo.pdf", "#for n in range(3000) [#lorem(250) #pagebreak(weak: true)]")
    short = Limits(
        max_pages=5000,
        max_unpacked_ratio=100,
        max_unpacked_size=50_000_000,
        memory=512 * 1024 * 1024,
        seconds=1,
    )
    result = read(long, short)
    assert result.error_code or len(result.pages) == 3000


def test_xml_entities_are_not_expanded(tmp_path: Path) -> None:
    path = docx(tmp_path / "xxe.docx", "x")
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    secret = tmp_path / "segreto.txt"
    secret.write_text("contenuto-segreto")
    parts["word/document.xml"] = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file://{secret}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    ).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    path.write_bytes(buffer.getvalue())
    result = read(path)
    assert "contenuto-segreto" not in "".join(page.text for page in result.pages)
