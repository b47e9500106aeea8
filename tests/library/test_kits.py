"""Raccolte: who makes, reads, orders and downloads them."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.core.access import MEMBERS, PUBLIC, STAFF, organisation_token
from portal.library.models import ArchiveState, Document, DocumentKit, KitArchive, KitEntry
from portal.library.services import kits
from portal.organisations.models import Organisation
from tests.conftest import client_of
from tests.factories.library import document

pytestmark = pytest.mark.django_db
ROOT = "/biblioteca/raccolte/"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "archives"


def kit_of(*documents: Document, audience: str = PUBLIC, **fields: Any) -> DocumentKit:
    """Make a kit of documents in this order."""
    title = fields.pop("title", "Kit della SUA")
    made = DocumentKit.objects.create(
        title=title, slug=kits.free_slug(title), audience=audience, **fields
    )
    for position, row in enumerate(documents, start=1):
        KitEntry.objects.create(kit=made, document=row, position=position)
    return made


def client_for(person: User | None) -> Client:
    return client_of(person) if person else Client()


def order(kit: DocumentKit) -> list[int]:
    return list(kit.entries.values_list("document", flat=True))


def test_verdicts(
    member: User, outsider: User, waiting: User, redattore: User, treviso: Organisation
) -> None:
    one = document()
    private = kit_of(one, audience=organisation_token(treviso.pk), owner=member, title="Interna")
    public = kit_of(one, owner=member, title="Pubblica")
    staff = kit_of(one, audience=STAFF, title="Redazione")
    cast = {
        "anonymous": None,
        "waiting": waiting,
        "member": member,
        "outsider": outsider,
        "redattore": redattore,
    }
    readers = {
        private: {"member"},
        public: set(cast),
        staff: {"redattore"},
    }
    changers = {"member": {private, public}, "redattore": {public, staff}}
    for name, person in cast.items():
        listed = client_for(person).get(ROOT).content.decode()
        for kit, seen in readers.items():
            path = f"{ROOT}{kit.slug}/"
            assert client_for(person).get(path).status_code == (200 if name in seen else 404)
            assert (f">{kit.title}<" in listed) is (name in seen), (name, kit)
            for tail in ("modifica/", "documenti/", "elimina/"):
                answer = client_for(person).get(path + tail)
                if person is None:
                    assert "/account/login/" in answer["Location"]
                elif kit in changers.get(name, set()):
                    assert answer.status_code == 200, (name, tail)
                else:
                    assert answer.status_code == (403 if name in seen else 404), (name, tail)
            asked = client_for(person).post(path + "zip/")
            assert asked.status_code == (302 if name in seen else 404)
        new = client_for(person).get(ROOT + "nuova/")
        if person is None:
            assert "/account/login/" in new["Location"]
        else:
            assert new.status_code == (403 if name == "waiting" else 200)


def test_only_what_one_may_see_is_listed_and_counted(
    member: User, outsider: User, treviso: Organisation, brescia: Organisation
) -> None:
    public = document(title="Aperto a tutti")
    own = document(title="Di Treviso", audience=organisation_token(treviso.pk))
    other = document(title="Di Brescia", audience=organisation_token(brescia.pk))
    thrown = document(title="Nel cestino", trashed_at=timezone.now())
    kit = kit_of(public, own, other, thrown, owner=member)
    for person, seen in [(None, {public}), (member, {public, own}), (outsider, {public, other})]:
        client = client_for(person)
        text = client.get(kit.get_absolute_url()).content.decode()
        for row in (public, own, other, thrown):
            assert (row.title in text) is (row in seen), (person, row)
        noun = "documento" if len(seen) == 1 else "documenti"
        assert f"{len(seen)} {noun}" in text
        [listed] = client.get(ROOT).context["page"].object_list
        assert listed.document_count == len(seen)


def test_made_filled_and_ordered_without_javascript(member: User, redattore: User) -> None:
    client = client_of(member)
    own = organisation_token(member.affiliations.get().organisation_id)
    answer = client.post(
        ROOT + "nuova/",
        {"title": "Kit à prova!", "introduction": "Prima leggere.", "audience": own},
    )
    kit = DocumentKit.objects.get()
    assert (kit.slug, kit.owner, kit.audience) == ("kit-a-prova", member, own)
    path = f"{ROOT}{kit.slug}/documenti/"
    assert answer["Location"] == path
    one, two, three = (document(title=f"Schema numero {n}") for n in range(3))
    archived = document(title="Schema archiviato", archived_at=timezone.now())
    found = client.get(path, {"q": "schema numero"}).content.decode()
    assert all(row.title in found for row in (one, two, three))
    assert archived.title not in client.get(path, {"q": "schema"}).content.decode()
    for row in (one, two, three):
        answer = client.post(path, {"azione": f"aggiungi:{row.pk}", "q": "schema numero"})
        assert answer["Location"] == path + "?q=schema+numero"
    client.post(path, {"azione": f"aggiungi:{one.pk}"})
    assert order(kit) == [one.pk, two.pk, three.pk]
    client.post(path, {"azione": f"su:{three.pk}"})
    assert order(kit) == [one.pk, three.pk, two.pk]
    client.post(path, {"azione": f"giu:{one.pk}"})
    assert order(kit) == [three.pk, one.pk, two.pk]
    client.post(path, {"azione": f"su:{three.pk}"})
    client.post(path, {"azione": f"giu:{two.pk}"})
    client.post(path, {"azione": f"togli:{one.pk}"})
    assert order(kit) == [three.pk, two.pk]
    for odd in ("", "su", "su:", "su:abc", f"vola:{two.pk}", "su:" + "9" * 40, "togli:999999"):
        assert client.post(path, {"azione": odd}).status_code == 302
    assert order(kit) == [three.pk, two.pk]
    assert client.post(path, {"azione": "aggiungi:999999"}).status_code == 404
    assert client.get(path, {"q": "\x00" + "x " * 5000}).status_code == 200
    other = kit_of(two, one, three)
    page = Client().get(other.get_absolute_url()).content.decode()
    assert page.index(two.title) < page.index(one.title) < page.index(three.title)


def test_moving_steps_over_what_one_does_not_see(member: User, brescia: Organisation) -> None:
    one, two = document(), document()
    hidden = document(audience=organisation_token(brescia.pk))
    kit = kit_of(one, hidden, two, owner=member)
    client_of(member).post(f"{ROOT}{kit.slug}/documenti/", {"azione": f"su:{two.pk}"})
    assert [pk for pk in order(kit) if pk != hidden.pk] == [two.pk, one.pk]
    assert sorted(order(kit)) == sorted([one.pk, two.pk, hidden.pk])


def test_a_document_one_may_not_read_cannot_be_added(
    member: User, outsider: User, brescia: Organisation, monkeypatch: Any
) -> None:
    hidden = document(audience=organisation_token(brescia.pk))
    one = document()
    kit, foreign = kit_of(owner=member), kit_of(owner=outsider, title="Altrui")
    client = client_of(member)
    path = f"{ROOT}{kit.slug}/documenti/"
    assert client.post(path, {"azione": f"aggiungi:{hidden.pk}"}).status_code == 404
    here = f"/biblioteca/{one.pk}/raccolte/"
    assert client.post(here, {"raccolta": kit.pk})["Location"] == one.get_absolute_url()
    assert order(kit) == [one.pk]
    for wrong in (foreign.pk, "", "x", "9" * 40):
        assert client.post(here, {"raccolta": wrong}).status_code == 404
    assert (
        client.post(f"/biblioteca/{hidden.pk}/raccolte/", {"raccolta": kit.pk}).status_code == 404
    )
    assert "/account/login/" in Client().post(here, {"raccolta": kit.pk})["Location"]
    page = client.get(one.get_absolute_url()).content.decode()
    assert kit.get_absolute_url() in page
    assert foreign.title not in page
    monkeypatch.setattr(kits, "MAX_ENTRIES", 1)
    client.post(path, {"azione": f"aggiungi:{document().pk}"})
    assert order(kit) == [one.pk]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"title": "a\x00b"},
        {"audience": "public"},
        {"audience": "organisation:999999"},
        {"audience": "propose:public"},
        {"network": "999999"},
        {"introduction": "x" * 5001},
    ],
    ids=range(8),
)
def test_mistakes_keep_what_was_typed(wrong: dict[str, str], member: User) -> None:
    own = organisation_token(member.affiliations.get().organisation_id)
    typed = {"title": "Titolo scritto", "introduction": "Resta scritto", "audience": own, **wrong}
    answer = client_of(member).post(ROOT + "nuova/", typed)
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert ("Resta scritto" in answer.content.decode()) or "introduction" in wrong
    assert not DocumentKit.objects.exists()


def test_addresses_are_free(redattore: User) -> None:
    client = client_of(redattore)
    for title in ("Nuova", "Kit", "Kit", "🏛🏛", "kit"):
        client.post(ROOT + "nuova/", {"title": title, "audience": PUBLIC})
    slugs = set(DocumentKit.objects.values_list("slug", flat=True))
    assert slugs == {"nuova-1", "kit", "kit-2", "raccolta", "kit-3"}


def test_changed_and_deleted(member: User) -> None:
    one = document()
    kit = kit_of(one, owner=member)
    client = client_of(member)
    path = f"{ROOT}{kit.slug}/"
    typed = {"title": "Titolo nuovo", "audience": PUBLIC}
    assert client.post(path + "modifica/", typed)["Location"] == path
    kit.refresh_from_db()
    assert (kit.title, kit.slug) == ("Titolo nuovo", "kit-della-sua")
    assert client.post(path + "modifica/", {"title": ""}).status_code == 422
    assert client.post(path + "elimina/")["Location"] == ROOT
    assert not DocumentKit.objects.exists()
    assert Document.objects.filter(pk=one.pk).exists()


def names_in(answer: HttpResponse) -> dict[str, bytes]:
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert int(answer["Content-Length"]) == len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_zip_is_made_in_the_background(member: User, treviso: Organisation) -> None:
    one = document(title="Schema: di/convenzione", name="a.PDF", content=b"%PDF-1.4 uno")
    two = document(title="Solo nostro", audience=organisation_token(treviso.pk), content=b"due")
    kit = kit_of(two, one)
    client = client_of(member)
    status = client.post(f"{ROOT}{kit.slug}/zip/")["Location"]
    page = client.get(status).content.decode()
    assert "0 di 2 documenti" in page
    assert 'hx-trigger="every 2s"' in page
    assert client.get(status + "scarica/")["Location"] == status
    archive = KitArchive.objects.get()
    assert kits.build_archive(archive.pk) == ArchiveState.READY
    assert kits.build_archive(archive.pk) == "not queued"
    fragment = client.get(status, headers={"HX-Request": "true"}).content.decode()
    assert "Lo ZIP è pronto: 2 documenti" in fragment
    assert "<html" not in fragment
    answer = client.get(status + "scarica/")
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith("attachment")
    assert names_in(answer) == {
        "01 - Solo nostro.txt": b"due",
        "02 - Schema di convenzione.pdf": b"%PDF-1.4 uno",
    }
    # Asking again gives the same file; who sees less gets another, smaller one.
    assert client.post(f"{ROOT}{kit.slug}/zip/")["Location"] == status
    anonymous = Client()
    other = anonymous.post(f"{ROOT}{kit.slug}/zip/")["Location"]
    assert other != status
    kits.build_archive(KitArchive.objects.latest("pk").pk)
    assert list(names_in(anonymous.get(other + "scarica/"))) == ["01 - Schema di convenzione.pdf"]


def test_the_zip_of_another_is_not_given(
    member: User, outsider: User, treviso: Organisation
) -> None:
    secret = document(title="Solo nostro", audience=organisation_token(treviso.pk))
    kit = kit_of(document(), secret)
    status = client_of(member).post(f"{ROOT}{kit.slug}/zip/")["Location"]
    kits.build_archive(KitArchive.objects.get().pk)
    for person in (None, outsider):
        client = client_for(person)
        for path in (status, status + "scarica/"):
            answer = client.get(path)
            assert answer["Location"] == kit.get_absolute_url()
        fragment = client.get(status, headers={"HX-Request": "true"})
        assert fragment["HX-Redirect"] == kit.get_absolute_url()
        assert b"2" not in fragment.content
    # A right that is lost, a file that changed, a document in the trash: the ZIP is worth nothing.
    Document.objects.filter(pk=secret.pk).update(audience="organisation:999999")
    assert client_of(member).get(status + "scarica/")["Location"] == kit.get_absolute_url()


def test_a_right_lost_while_the_zip_waits(
    member: User, treviso: Organisation, folder: Path
) -> None:
    secret = document(audience=organisation_token(treviso.pk))
    kit = kit_of(secret)
    client_of(member).post(f"{ROOT}{kit.slug}/zip/")
    archive = KitArchive.objects.get()
    member.affiliations.update(state="ended")
    assert kits.build_archive(archive.pk) == ArchiveState.FAILED
    assert not folder.exists() or not list(folder.iterdir())
    archive.refresh_from_db()
    assert "cambiata" in archive.error


def test_a_zip_lives_a_day(folder: Path) -> None:
    kit = kit_of(document())
    client = Client()
    status = client.post(f"{ROOT}{kit.slug}/zip/")["Location"]
    archive = KitArchive.objects.get()
    kits.build_archive(archive.pk)
    for name in ("resto.zip", "interrotto.part"):
        (folder / name).write_bytes(b"x")
    assert kits.clean_archives() == 0
    assert [path.stem for path in folder.iterdir()] == [str(archive.key)]
    KitArchive.objects.update(created_at=timezone.now() - timedelta(hours=24, minutes=1))
    assert client.get(status)["Location"] == kit.get_absolute_url()
    assert client.post(f"{ROOT}{kit.slug}/zip/")["Location"] != status
    assert not list(folder.iterdir())


def test_what_cannot_be_zipped_says_why(monkeypatch: Any, folder: Path) -> None:
    kit = kit_of(document())
    client = Client()
    status = client.post(f"{ROOT}{kit.slug}/zip/")["Location"]
    monkeypatch.setattr(kits, "MAX_ARCHIVE", 1)
    assert kits.build_archive(KitArchive.objects.get().pk) == ArchiveState.FAILED
    assert "li scarichi uno per uno" in client.get(status).content.decode()
    monkeypatch.undo()
    # Asked again, it is tried again; a missing file is an error with a way forward.
    again = client.post(f"{ROOT}{kit.slug}/zip/")["Location"]
    row = Document.objects.get()
    assert row.current_version is not None
    Path(row.current_version.file.path).unlink()
    assert kits.build_archive(KitArchive.objects.latest("pk").pk) == ArchiveState.FAILED
    assert "Prepara di nuovo" in client.get(again).content.decode()
    empty = kit_of(title="Vuota")
    assert client.post(f"{ROOT}{empty.slug}/zip/")["Location"] == empty.get_absolute_url()


@pytest.mark.parametrize(
    ("title", "filename", "name"),
    [
        ("../../etc/passwd", "a.pdf", "01 - .. .. etc passwd.pdf"),
        ("CON: <x>|?*", "a.docx", "01 - CON x.docx"),
        ("Atto\u202efdp.exe", "a.pdf.p7m", "01 - Atto fdp.exe.pdf.p7m"),
        ("x" * 250, "a", "01 - " + "x" * 100 + ".pdf"),
        ("...", "a.pdf", "01 - documento.pdf"),
    ],
    ids=range(5),
)
def test_names_in_the_zip_are_safe(title: str, filename: str, name: str) -> None:
    made = document(title=title, name="a.pdf", content=b"%PDF-1.4 x")
    version = made.current_version
    assert version is not None
    version.filename = filename
    assert kits.name_in_archive(1, made, version, 9) == name
    assert kits.name_in_archive(1, made, version, 100).startswith("001 - ")


def test_lists_cost_the_same(member: User) -> None:
    client = client_of(member)
    kit = kit_of(owner=member, audience=MEMBERS)
    for path in (ROOT, kit.get_absolute_url(), f"{ROOT}{kit.slug}/documenti/?q=documento"):
        prices = []
        for rows in (2, 18):
            for number in range(rows):
                row = document()
                KitEntry.objects.create(kit=kit, document=row, position=number)
                kit_of(row, title=f"Raccolta {rows}-{number}", audience=MEMBERS)
                document()
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            prices.append(len(queries))
        assert prices[0] == prices[1], path
