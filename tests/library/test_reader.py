"""The reader: marks on the picture and in the text, the search inside, passages, structure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import typst
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document as Docx

from portal.accounts.models import User
from portal.core.access import organisation_token
from portal.library.extraction import ExtractedPage, ExtractionResult, FileFormat, Limits, extract
from portal.library.models import Document, DocumentPage, NormCitation
from portal.library.pictures import folder_of
from portal.library.reading.annotating import AnnotatedText, find_passage
from portal.library.reading.inside import FEW_PAGES
from portal.library.reading.structured import StructuredPage
from portal.library.reading.words import page_words
from portal.library.services.norms import cite_norms
from portal.library.services.readings import keep
from portal.library.thumbnails import BATCH
from portal.organisations.models import Organisation
from tests.conftest import client_of
from tests.factories.library import document

pytestmark = pytest.mark.django_db
PLACED = (
    "#set page(width: 400pt, height: 800pt, margin: 0pt)\n#set text(size: 20pt)\n"
    '#place(dx: 100pt, dy: 200pt)[l’convenzione, "firmata"]\n#pagebreak()\nSeconda pagina.'
)


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def pdf(tmp_path: Path, source: str, rotation: int = 0) -> bytes:
    """Return a PDF made of a typst source, its first page turned."""
    (tmp_path / "a.typ").write_text(source)
    made = pypdfium2.PdfDocument(typst.compile(str(tmp_path / "a.typ")))
    made[0].set_rotation(rotation)
    made.save(tmp_path / f"{rotation}.pdf")
    return (tmp_path / f"{rotation}.pdf").read_bytes()


def pdf_document(tmp_path: Path, rotation: int = 0) -> Document:
    """Make a document of two drawn pages."""
    return document(
        "l’convenzione, firmata",
        "Seconda pagina.",
        name="a.pdf",
        content=pdf(tmp_path, PLACED, rotation),
    )


def shown(path: str, **query: str) -> str:
    """Return the page that everybody sees."""
    answer = Client().get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def rectangles(html: str) -> list[tuple[float, ...]]:
    """Return the marks on the picture, in thousandths."""
    found = re.findall(r'<rect[^>]* x="(.+?)" y="(.+?)" width="(.+?)" height="(.+?)"', html)
    return [tuple(map(float, box)) for box in found]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_words_found_are_marked_where_they_are(tmp_path: Path, rotation: int) -> None:
    made = pdf_document(tmp_path, rotation)
    html = shown(f"/biblioteca/{made.pk}/pagina/1/", q="convenzioni")
    (box,) = rectangles(html)
    x, y, width, height = (value / 1000 for value in box)
    middle = (x + width / 2, y + height / 2)
    # The word begins a little after 100 of 400 points and stands 200 of 800 points down.
    across, down = {
        0: middle,
        90: (middle[1], 1 - middle[0]),
        180: (1 - middle[0], 1 - middle[1]),
        270: (1 - middle[1], middle[0]),
    }[rotation]
    assert 0.35 < across < 0.46
    assert 0.245 < down < 0.285
    assert "<svg" in html
    assert "style=" not in html
    assert not rectangles(shown(f"/biblioteca/{made.pk}/pagina/1/"))
    assert not rectangles(shown(f"/biblioteca/{made.pk}/pagina/2/", q="convenzioni"))


def test_a_word_broken_over_lines_has_two_boxes(tmp_path: Path) -> None:
    source = (
        '#set page(width: 200pt, height: 200pt, margin: 20pt)\n#set text(lang: "it", '
        "hyphenate: true, size: 20pt)\n#set par(justify: true)\nUna straordinariamente"
    )
    made = document("Una straordinariamente", name="a.pdf", content=pdf(tmp_path, source))
    version = made.current_version
    assert version is not None
    words = page_words(version, version.pages.get())
    broken = next(word for word in words if word.text.startswith("straord"))
    assert broken.text == "straordinariamente"
    assert len(broken.boxes) >= 2
    assert broken.boxes[0][1] < broken.boxes[1][1]


def test_zoom_and_pictures_by_links(tmp_path: Path) -> None:
    made = pdf_document(tmp_path)
    base = f"/biblioteca/{made.pk}/pagina/1/"
    assert f'href="{base}?zoom=150"' in shown(base)
    html = shown(base, zoom="150", q="firmata")
    assert "sheet-canvas--150" in html
    assert "immagine.webp?larghezza=1800" in html
    assert f'href="{base}?q=firmata&amp;zoom=200"' in html
    assert f'href="{base}?q=firmata"' in html
    assert f"/biblioteca/{made.pk}/pagina/2/?q=firmata&amp;zoom=150" in html
    for wrong in ("0", "99999", "abc", "²", "-1"):
        assert "sheet-canvas--100" in shown(base, zoom=wrong)
        assert Client().get(base + "immagine.webp", {"larghezza": wrong}).status_code == 200
    version = made.current_version
    assert version is not None
    drawn = {path.name for path in folder_of(version).glob("*.webp")}
    assert drawn == {"1-1200.webp"}


def test_small_pictures_are_drawn_together_and_go_with_the_file(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    made = pdf_document(tmp_path)
    version = made.current_version
    assert version is not None
    answer = Client().get(f"/biblioteca/{made.pk}/pagina/1/miniatura.webp")
    assert answer["Content-Type"] == "image/webp"
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    folder = folder_of(version)
    assert {path.name for path in folder.glob("*.webp")} == {"1-160.webp", "2-160.webp"}
    again = Client().get(
        f"/biblioteca/{made.pk}/pagina/2/miniatura.webp", headers={"If-None-Match": answer["ETag"]}
    )
    assert again.status_code == 200
    assert Client().get(f"/biblioteca/{made.pk}/pagina/3/miniatura.webp").status_code == 404
    assert BATCH > 1
    with django_capture_on_commit_callbacks(execute=True):
        made.delete()
    assert not folder.exists()


def test_a_text_file_has_no_pictures() -> None:
    made = document("Solo testo")
    for tail in ("immagine.webp", "miniatura.webp"):
        assert Client().get(f"/biblioteca/{made.pk}/pagina/1/{tail}").status_code == 404


def test_searching_inside() -> None:
    made = document("La convenzione <b>", "Altro", "Recesso dalla convenzione dei Comuni")
    base = f"/biblioteca/{made.pk}/pagina/2/"
    html = shown(base, q="convenzioni comune")
    assert "2 pagine" in html
    assert re.search(r'pagina/3/\?q=convenzioni\+comune"[^>]*><strong>p. 3</strong>', html)
    assert "Recesso dalla <mark>convenzione</mark> dei <mark>Comuni</mark>" in html
    assert "La <mark>convenzione</mark> &lt;b&gt;" in html
    nothing = shown(base, q="introvabile")
    assert "0 pagine" in nothing
    assert "Nessuna pagina contiene queste parole" in nothing
    assert "reader-hits" not in shown(base)
    for query in ("\x00", "x" * 50_000, '"', "(((", "🏛️", "a AND OR"):
        assert Client().get(base, {"q": query}).status_code == 200


def test_searching_inside_a_long_document_asks_the_engine(monkeypatch: Any) -> None:
    made = document(*["Niente."] * FEW_PAGES, "La convenzione")
    asked: list[tuple[int, str]] = []
    answers: list[list[int] | None] = [[FEW_PAGES + 1], None, []]

    def engine(pk: int, query: str, limit: int) -> list[int] | None:
        asked.append((pk, query))
        return answers[len(asked) - 1]

    monkeypatch.setattr("portal.library.reading.inside.found_pages", engine)
    for _ in range(3):
        html = shown(f"/biblioteca/{made.pk}/pagina/1/", q="convenzione")
        assert "1 pagina<" in html
        assert f"<strong>p. {FEW_PAGES + 1}</strong>" in html
    assert asked == [(made.pk, "convenzione")] * 3
    monkeypatch.setattr("portal.library.reading.inside.found_pages", lambda *asked: None)
    monkeypatch.setattr("portal.library.reading.inside.MAX_READ", 10)
    assert "le pagine seguenti non sono state lette" in shown(
        f"/biblioteca/{made.pk}/pagina/1/", q="convenzione"
    )


def test_a_link_leads_to_a_passage() -> None:
    made = document("Art. 1.\nI Comuni <aderenti>\naffidano alla SUA le gare.")
    base = f"/biblioteca/{made.pk}/pagina/1/"
    html = shown(base, brano="i comuni <aderenti> affidano")
    assert (
        '<mark class="passage" id="brano">I Comuni &lt;aderenti&gt;\naffidano</mark> alla SUA'
        in html
    )
    assert "?brano=i%20comuni%20%3Caderenti%3E%20affidano" in html
    assert "forse il documento è cambiato" in shown(base, brano="mai scritto")
    assert Client().get(base, {"brano": "\x00" * 5000}).status_code == 200
    assert find_passage("A  B\nC", "b c") is None
    assert find_passage("AA  BB\nC", "aa bb") == (0, 6)


def test_the_citation_is_ready(treviso: Organisation) -> None:
    made = document(title="Schema", organisation=treviso, year=2022, protocol_number="12/2022")
    html = shown(f"/biblioteca/{made.pk}/pagina/1/")
    address = f"/biblioteca/{made.pk}/pagina/1/ (consultato il"
    found = re.search(r'id="citazione">(.+?)</p>', html)
    assert found is not None
    for part in ("«Schema»", "Provincia di Treviso", "prot. 12/2022", "2022, p. 1", address):
        assert part in found[1]


def test_an_annotated_text_nests_marks_in_links() -> None:
    text = "Visto l'art. 62 d.lgs. 36/2023 & la convenzione"
    html = AnnotatedText(text, "convenzioni 36/2023", "", None).html()
    assert html.startswith("Visto l&#x27;<a class=")
    assert html.count("<a ") == html.count("</a>") == 1
    assert "&amp; la <mark>convenzione</mark>" in html
    whole = re.sub(r"<[^>]+>", "", html)
    assert whole == "Visto l&#x27;art. 62 d.lgs. 36/2023 &amp; la convenzione"


def test_structure_of_an_office_file(tmp_path: Path) -> None:
    made = Docx()
    made.add_heading("Piano", 0)
    made.add_heading("Funzioni", 3)
    made.add_paragraph("Visto l'art. 1, comma 88, l. 56/2014.")
    made.add_paragraph("primo", style="List Bullet")
    made.add_paragraph("secondo", style="List Bullet")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Voce", "Importo", "Gare", "1.500"], strict=True):
        cell.text = text
    made.save(str(tmp_path / "a.docx"))
    result = extract(tmp_path / "a.docx", FileFormat.DOCX, Limits(), tmp_path)
    structure = result.pages[0].structure
    assert structure == [
        ["h", 1, "Piano"],
        ["h", 4, "Funzioni"],
        ["p", "Visto l'art. 1, comma 88, l. 56/2014."],
        ["li", "primo"],
        ["li", "secondo"],
        ["t", [["Voce", "Importo"], ["Gare", "1.500"]]],
    ]
    assert "Gare\t1.500" in result.pages[0].text
    kept = document("da sostituire", name="a.docx", content=(tmp_path / "a.docx").read_bytes())
    assert kept.current_version is not None
    keep(kept.current_version, result)
    html = shown(f"/biblioteca/{kept.pk}/pagina/1/", q="gara funzione")
    assert "<h3>Piano</h3><h4><mark>Funzioni</mark></h4>" in html
    assert "<ul><li>primo</li><li>secondo</li></ul>" in html
    assert '<thead><tr><th scope="col">Voce</th><th scope="col">Importo</th></tr></thead>' in html
    assert "<td><mark>Gare</mark></td><td>1.500</td>" in html
    assert ">art. 1, comma 88, l. 56/2014</a>." in html


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        (
            "a.csv",
            b"Comune;Abitanti\nAsolo;9000\n",
            ["t", [["Comune", "Abitanti"], ["Asolo", "9000"]]],
        ),
        (
            "a.html",
            b"<html><body><h2>Uno</h2><ul><li>due</li></ul>tre</body></html>",
            ["h", 2, "Uno"],
        ),
    ],
)
def test_structure_of_plain_files(tmp_path: Path, name: str, data: bytes, expected: Any) -> None:
    (tmp_path / name).write_bytes(data)
    kind = FileFormat(name.partition(".")[2])
    page = extract(tmp_path / name, kind, Limits(), tmp_path).pages[0]
    assert page.structure is not None
    assert page.structure[0] == expected


@pytest.mark.parametrize(
    "hostile",
    [
        {"h": 1},
        [
            ["h", "1", "x"],
            ["h", 10**9, "<script>"],
            ["t", [[["x"]], "y", [None]]],
            ["t", []],
            [],
            5,
        ],
        [["t", [["<img onerror=x>"], ["a", "b", "c"]]], ["zzz", "x"], ["p", {"a": 1}]],
        "testo",
    ],
)
def test_a_hostile_structure_is_only_text(hostile: Any) -> None:
    page = StructuredPage(hostile)
    html = page.html(AnnotatedText(page.text, "", "", None))
    assert "<script" not in html
    assert "<img" not in html
    made = document("Testo <vero>")
    DocumentPage.objects.update(structure=hostile)
    assert Client().get(f"/biblioteca/{made.pk}/pagina/1/").status_code == 200


def citing(*pages: str, **fields: Any) -> Document:
    """Make a document whose norms were recognised."""
    made = document(*pages, **fields)
    assert made.current_version is not None
    cite_norms(made.current_version)
    return made


def test_the_norms_are_written_once_for_each_page() -> None:
    made = document("x")
    version = made.current_version
    assert version is not None
    pages = [
        ExtractedPage(1, "p. 1", "La l. 56/2014 e la legge 7 aprile 2014, n. 56"),
        ExtractedPage(2, "p. 2", "Ancora l'art. 1 l. 56/2014 e il d.lgs. 267/2000"),
    ]
    for _ in range(2):
        keep(version, ExtractionResult(pages))
        rows = list(version.norm_citations.values_list("page", "label"))
        assert rows == [(1, "l. 56/2014"), (2, "l. 56/2014"), (2, "d.lgs. 267/2000")]
    html = shown(f"/biblioteca/{made.pk}/")
    assert "Norme citate" in html
    assert "normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:2014;56" in html
    assert f'href="/biblioteca/{made.pk}/pagina/2/"' in html
    keep(version, ExtractionResult(error_code="damaged"))
    assert not NormCitation.objects.exists()


def test_documents_by_norm_obey_the_audience(
    member: User, outsider: User, treviso: Organisation
) -> None:
    open_one = citing("Vista la l. 56/2014", title="Atto aperto")
    citing("Vista la l. 56/2014", title="Atto di Treviso", audience=organisation_token(treviso.pk))
    path = "/biblioteca/norme/?atto=urn:nir:stato:legge:2014;56"
    for client, number in ((Client(), 1), (client_of(outsider), 1), (client_of(member), 2)):
        html = client.get(path).content.decode()
        assert f"{number} {'documento' if number == 1 else 'documenti'}<" in html
        assert ("Atto di Treviso" in html) is (number == 2)
        assert f"/biblioteca/{open_one.pk}/pagina/1/" in html
        cloud = client.get("/biblioteca/norme/").content.decode()
        assert f"{number} {'documento' if number == 1 else 'documenti'}<" in cloud


def test_a_norm_is_found_as_it_is_typed() -> None:
    citing("Vista la l. 56/2014")
    client = Client()
    answer = client.get("/biblioteca/norme/", {"norma": "art. 1 legge 7 aprile 2014, n. 56"})
    assert answer["Location"] == "/biblioteca/norme/?atto=urn%3Anir%3Astato%3Alegge%3A2014%3B56"
    assert "1 documento<" in client.get(answer["Location"]).content.decode()
    wrong = client.get("/biblioteca/norme/", {"norma": "la legge del caso"}).content.decode()
    assert "Non riconosciamo una norma" in wrong
    assert 'value="la legge del caso"' in wrong
    for query in ({"atto": "x\x00"}, {"atto": "x" * 9999}, {"norma": "\x00" * 9}, {"page": "-1"}):
        assert client.get("/biblioteca/norme/", query).status_code == 200
    nobody = client.get("/biblioteca/norme/", {"atto": "urn:nir:stato:legge:1990;241"})
    assert "Nessun documento la cita" in nobody.content.decode()


def queries_of(path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        Client().get(path)
    return len(queries)


def test_lists_and_pages_cost_the_same() -> None:
    prices: dict[str, list[int]] = {}
    for rows in (2, 18):
        for _ in range(rows):
            made = citing(*["Vista la l. 56/2014 e il d.lgs. 267/2000"] * rows)
        for name, path in {
            "norm": "/biblioteca/norme/?atto=urn:nir:stato:legge:2014;56",
            "norms": "/biblioteca/norme/",
            "document": f"/biblioteca/{made.pk}/",
            "page": f"/biblioteca/{made.pk}/pagina/1/?q=vista",
        }.items():
            # Once a second a request asks whether the words of the search were changed.
            prices.setdefault(name, []).append(min(queries_of(path) for _ in range(3)))
    assert all(first == second for first, second in prices.values()), prices
