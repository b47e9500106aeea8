"""Who uploads says what others may do with a document; who does not gets an honest default."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.accounts.models import User
from portal.core.access import MEMBERS, PUBLIC, organisation_token
from portal.library.importing import ImportRow, import_file
from portal.library.licences import LICENCES, OFFICIAL, OPEN, RESERVED
from portal.library.models import Document, IncomingFile
from portal.library.services import incoming
from portal.organisations.models import Organisation
from tests.conftest import client_of
from tests.factories.library import document

pytestmark = pytest.mark.django_db
UPLOAD = "/biblioteca/carica/"
REVIEW = "/biblioteca/carica/piu-file/rivedi/"
UNOPENED = "Tutti i diritti riservati"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def upload(person: User, audience: str, **more: str) -> Document:
    """Upload a file of its own through the form and return the document."""
    number = Document.objects.count()
    file = SimpleUploadedFile("testo.txt", f"Un testo, il {number}.".encode())
    typed = {"file": file, "title": f"Atto {number}", "kind": "altro", "audience": audience}
    answer = client_of(person).post(UPLOAD, {**typed, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    return Document.objects.get(title=f"Atto {number}")


def test_the_usual_licence_follows_the_readers(
    member: User, redattore: User, treviso: Organisation
) -> None:
    own = organisation_token(treviso.pk)
    assert upload(member, own).licence == RESERVED == UNOPENED
    assert upload(redattore, PUBLIC).licence == OPEN == "CC BY 4.0"
    assert upload(redattore, MEMBERS).licence == RESERVED
    assert upload(member, "propose:public").licence == ""


def test_every_licence_may_be_chosen_and_no_other(member: User, treviso: Organisation) -> None:
    own = organisation_token(treviso.pk)
    page = client_of(member).get(UPLOAD).content.decode()
    assert "Quella consueta" in page
    assert "tutti i diritti riservati" in page
    for value, label in LICENCES:
        assert label in page.replace("&#x27;", "'")
        assert upload(member, own, licence=value).licence == value
    answer = client_of(member).post(UPLOAD, {"audience": own, "licence": "Mia licenza"})
    assert answer.status_code in (200, 422)
    assert "licence" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("decision", "licence"), [("approve", OPEN), ("refuse", RESERVED)], ids=["yes", "no"]
)
def test_a_proposal_gets_its_licence_with_the_decision(
    decision: str, licence: str, member: User, outsider: User, redattore: User
) -> None:
    usual = upload(member, "propose:public")
    chosen = upload(member, "propose:public", licence=OFFICIAL)
    for made in (usual, chosen):
        path = f"/biblioteca/{made.pk}/decisione/"
        answer = {"decision": decision, "reason": "Manca la firma."}
        assert client_of(outsider).post(path, answer).status_code == 403
        assert client_of(redattore).post(path, answer).status_code == 302
        made.refresh_from_db()
    assert (usual.licence, chosen.licence) == (licence, OFFICIAL)


def test_what_is_there_keeps_its_licence_until_somebody_changes_it(
    member: User, outsider: User, waiting: User, treviso: Organisation
) -> None:
    own = organisation_token(treviso.pk)
    for held in ("", OPEN, "Licenza della casa"):
        made = document(uploaded_by_user=member, audience=own, licence=held)
        path = f"/biblioteca/{made.pk}/modifica/"
        typed = {"title": "Corretto", "kind": "altro", "audience": own}
        page = client_of(member).get(path)
        assert page.context["form"]["licence"].value() == held
        assert "Non indicata" in page.content.decode()
        assert "Quella consueta" not in page.content.decode()
        assert client_of(member).post(path, {**typed, "licence": held}).status_code == 302
        made.refresh_from_db()
        assert (made.title, made.licence) == ("Corretto", held)
        client_of(member).post(path, {**typed, "licence": RESERVED})
        made.refresh_from_db()
        assert made.licence == RESERVED
        for person in (outsider, waiting):
            assert client_of(person).post(path, {**typed, "licence": OPEN}).status_code == 404
        assert Client().post(path, {**typed, "licence": OPEN}).status_code == 302
        made.refresh_from_db()
        assert made.licence == RESERVED


def bring(person: User, name: str) -> IncomingFile:
    """Send a file of many, as the plain form does, and have it read."""
    file = SimpleUploadedFile(name, f"Il testo di {name}.".encode())
    item = incoming.receive_whole(person, file)
    incoming.read_item(item.pk)
    return item


def test_many_files_have_one_licence_or_each_its_own(
    member: User, treviso: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    own = organisation_token(treviso.pk)
    expected = [
        ({"tutti-licence": ""}, "", RESERVED),
        ({"tutti-licence": OPEN}, "", OPEN),
        ({"tutti-licence": OPEN}, OFFICIAL, OFFICIAL),
        ({}, "CC0 1.0", "CC0 1.0"),
    ]
    for number, (common, each, licence) in enumerate(expected):
        item = bring(member, f"file-{number}.txt")
        prefix = f"file-{item.pk}-"
        page = client_of(member).get(REVIEW).content.decode()
        assert f'name="{prefix}licence"' in page
        assert 'name="tutti-licence"' in page
        form = {
            "tutti-audience": own,
            **common,
            f"{prefix}publish": "on",
            f"{prefix}title": f"Atto {number}",
            f"{prefix}licence": each,
        }
        with django_capture_on_commit_callbacks(execute=True):
            assert client_of(member).post(REVIEW, form).status_code == 302
        assert Document.objects.get(title=f"Atto {number}").licence == licence


def test_editors_choose_in_the_administration(redattore: User) -> None:
    client = client_of(redattore)
    path = "/gestione/documents/add/"
    assert "Quella consueta" in client.get(path).content.decode()
    for number, (audience, given, licence) in enumerate(
        [(PUBLIC, "", OPEN), (MEMBERS, "", RESERVED), (MEMBERS, OFFICIAL, OFFICIAL)]
    ):
        file = SimpleUploadedFile("a.txt", f"Testo {number}.".encode())
        typed = {"title": f"Atto {number}", "kind": "schema", "audience": audience}
        answer = client.post(path, {**typed, "licence": given, "file": file})
        assert answer.status_code == 302
        made = Document.objects.get(title=f"Atto {number}")
        assert made.licence == licence
    page = client.get(f"/gestione/documents/edit/{made.pk}/").content.decode()
    assert "Non indicata" in page


def test_imported_files_have_the_usual_licence(tmp_path: Path, treviso: Organisation) -> None:
    for audience, licence in (("public", OPEN), ("organisation:TV", RESERVED)):
        path = tmp_path / f"{audience.replace(':', '-')}.txt"
        path.write_text(f"Testo per {audience}.")
        import_file(path, ImportRow({"title": audience}, audience))
        assert Document.objects.get(title=audience).licence == licence


def test_the_page_links_the_text_of_the_licence() -> None:
    shown = Client().get(document(licence=OPEN).get_absolute_url()).content.decode()
    assert '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/deed.it">' in shown
    reserved = Client().get(document(licence=RESERVED).get_absolute_url()).content.decode()
    assert RESERVED in reserved
    assert 'rel="license"' not in reserved
