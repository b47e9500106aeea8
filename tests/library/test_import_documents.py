"""`manage.py import_documents`: folders of real files, told one by one."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import typst
from django.core.management import CommandError, call_command

from portal.core.access import MEMBERS, PUBLIC, STAFF, organisation_token
from portal.library.models import Document, VersionState
from portal.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a PDF, a text below, a hidden file."""
    found = tmp_path / "archivio"
    (found / "2022").mkdir(parents=True)
    (found / "convenzione.pdf").write_bytes(pdf("Una #pagebreak() Due", tmp_path))
    (found / "2022" / "verbale_di_seduta.txt").write_text("Il verbale della seduta.")
    (found / ".nascosto.txt").write_text("No.")
    return found


def pdf(text: str, folder: Path) -> bytes:
    source = folder / "x.typ"
    source.write_text(text)
    return bytes(typst.compile(str(source)))


def run(*arguments: Any, **options: Any) -> tuple[str, int]:
    """Return what the command said and its exit status."""
    output = io.StringIO()
    try:
        call_command("import_documents", *map(str, arguments), stdout=output, **options)
    except SystemExit as ended:
        return output.getvalue(), int(ended.code or 0)
    return output.getvalue(), 0


def test_a_folder_with_a_line_for_each_file(folder: Path) -> None:
    said, status = run(folder, wait=True)
    assert status == 0
    assert "convenzione.pdf: importato come documento" in said
    assert "2022/verbale_di_seduta.txt: importato come documento" in said
    assert "2 accettati, 0 rifiutati" in said
    assert "nascosto" not in said
    made = Document.objects.get(title="convenzione")
    assert made.audience == PUBLIC
    version = made.current_version
    assert version is not None
    assert (version.state, version.page_count) == (VersionState.READY, 2)
    assert Document.objects.filter(title="verbale di seduta").exists()


def test_the_same_content_is_never_imported_twice(folder: Path) -> None:
    run(folder)
    (folder / "copia.pdf").write_bytes((folder / "convenzione.pdf").read_bytes())
    said, status = run(folder)
    assert status == 0
    assert said.count("già in biblioteca") == 3
    assert Document.objects.count() == 2


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_metadata_by_file(folder: Path, delimiter: str) -> None:
    metadata = folder / "metadati.csv"
    rows = [
        ["file", "title", "description", "kind", "network", "province", "year", "tags", "audience"],
        [
            "convenzione.pdf",
            "La convenzione",
            '"Su due',
            "modello",
            "sua",
            "TV",
            "2022",
            "gare",
            "",
        ],
        ["2022/verbale_di_seduta.txt", "", "", "verbale", "", "", "", "", "staff"],
    ]
    rows[1][2] = '"Su due\nrighe"'
    metadata.write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8-sig")
    said, status = run(folder, metadata=metadata, audience="members")
    assert status == 0, said
    assert "metadati.csv" not in said
    made = Document.objects.get(title="La convenzione")
    assert made.description == "Su due\nrighe"
    assert (made.kind, made.year, made.audience) == ("modello", 2022, MEMBERS)
    assert [network.slug for network in made.networks.all()] == ["sua"]
    assert made.organisation is not None
    assert made.organisation.sigla == "TV"
    assert [tag.name for tag in made.tags.all()] == ["gare"]
    assert Document.objects.get(kind="verbale").audience == STAFF


def test_what_is_refused_does_not_stop_the_rest(folder: Path) -> None:
    (folder / "a-vuoto.pdf").write_bytes(b"")
    (folder / "b-programma.exe").write_bytes(b"MZ\x00\x01" * 100)
    metadata = folder / "m.csv"
    metadata.write_text("file,kind,year\nconvenzione.pdf,boh,2022\nverbale_di_seduta.txt,,3000\n")
    said, status = run(folder, metadata=metadata)
    assert status == 1
    assert "a-vuoto.pdf: rifiutato, il file è vuoto" in said
    assert "b-programma.exe: rifiutato" in said
    assert "il tipo «boh» non esiste" in said
    assert "l'anno «3000» non è plausibile" in said
    assert not Document.objects.exists()
    metadata.unlink()
    assert run(folder)[1] == 1
    assert Document.objects.count() == 2


def test_the_audience_of_a_body(folder: Path, treviso: Organisation) -> None:
    run(folder, audience="organisation:TV")
    assert {made.audience for made in Document.objects.all()} == {organisation_token(treviso.pk)}


@pytest.mark.parametrize("audience", ["tutti", "organisation:XX", "space:nessuno", "", "staff "])
def test_an_unknown_audience_imports_nothing(folder: Path, audience: str) -> None:
    with pytest.raises(CommandError):
        run(folder, audience=audience)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("file,colore\nx,rosso\n", "colore"),
        ("titolo\nx\n", "file"),
        ("", "non si legge"),
        (b"\xff\xfe\x00file", "non si legge"),
    ],
)
def test_bad_metadata_is_told_by_name(folder: Path, text: str | bytes, told: str) -> None:
    metadata = folder / "m.csv"
    metadata.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CommandError, match=told):
        run(folder, metadata=metadata)
    assert not Document.objects.exists()


def test_nothing_to_import(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nessun file"):
        run(tmp_path)
    with pytest.raises(CommandError, match="non esiste"):
        run(tmp_path / "assente")
