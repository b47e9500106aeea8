"""Mails and archives: read, and opened into documents only when somebody asks."""

from __future__ import annotations

import datetime as dt
import email.message
import email.policy
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from portal.core.access import PUBLIC, organisation_token
from portal.library.extraction import ExtractionResult, FileFormat, Limits, extract, sniff
from portal.library.extraction.errors import ERROR_TEXTS
from portal.library.extraction.taking import take
from portal.library.models import Document, DocumentVersion, FileMember, MemberState, VersionState
from portal.library.services.members import ask_members, keep_member
from portal.library.tasks import extract_version, keep_members, look_for_tools
from portal.organisations.models import Network, Organisation
from tests.conftest import client_of
from tests.factories.compound import inside, message
from tests.factories.library import document
from tests.factories.signed import envelope, signed_pdf

LIMITS = Limits(seconds=60)


def read(tmp_path: Path, data: bytes, name: str) -> ExtractionResult:
    """Return what is in a file."""
    path = tmp_path / "stored"
    path.write_bytes(data)
    found = sniff(path, name)
    assert found.format is not None, found.reason
    return extract(path, found.format, LIMITS, tmp_path)


def mail(html: bool = False, **attachments: bytes) -> bytes:
    """Return a mail with these attachments, their names with a dot for the last underscore."""
    made = email.message.EmailMessage()
    made["From"] = "Ufficio gare <gare@example.org>"
    made["To"] = "segreteria@example.org"
    made["Subject"] = "Trasmissione della delibera n. 12 – attività"
    made["Date"] = "Wed, 13 Apr 2022 11:30:00 +0200"
    made["Message-ID"] = "<1@example.org>"
    made.set_content("Si trasmette la delibera in allegato.\nCordiali saluti")
    if html:
        made.set_content("<p>Si trasmette <b>la delibera</b></p>", subtype="html")
    for name, data in attachments.items():
        made.add_attachment(
            data,
            maintype="application",
            subtype="octet-stream",
            filename=".".join(name.rsplit("_", 1)),
        )
    return made.as_bytes()


def archive(files: dict[str, bytes]) -> bytes:
    """Return a ZIP."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize("html", [False, True])
def test_a_mail_has_headers_body_and_attachments(html: bool, tmp_path: Path) -> None:
    result = read(tmp_path, mail(html, delibera_pdf=signed_pdf(), nota_txt=b"Nota"), "x.eml")
    text = result.pages[0].text
    for words in (
        "Da: Ufficio gare <gare@example.org>",
        "Oggetto: Trasmissione della delibera n. 12 – attività",
        "Si trasmette la delibera",
    ):
        assert words in text
    assert [(member.position, member.name) for member in result.members] == [
        (1, "delibera.pdf"),
        (2, "nota.txt"),
    ]
    assert result.members[1].size == 4


def test_a_certified_mail_holds_a_mail(tmp_path: Path) -> None:
    outer = email.message.EmailMessage()
    outer["From"] = "posta-certificata@example.org"
    outer["Subject"] = "POSTA CERTIFICATA: delibera"
    outer["Date"] = "Wed, 13 Apr 2022 11:31:00 +0200"
    outer.set_content("Messaggio di posta certificata")
    inner = email.message_from_bytes(mail(nota_txt=b"Nota"), policy=email.policy.default)
    outer.add_attachment(inner, filename="postacert.eml")
    result = read(tmp_path, outer.as_bytes(), "ricevuta")
    assert [member.name for member in result.members] == ["postacert.eml"]


def test_an_outlook_mail(tmp_path: Path) -> None:
    data = message("Convocazione", "La riunione è alle dieci.", {"ordine.pdf": signed_pdf()})
    result = read(tmp_path, data, "x.msg")
    text = result.pages[0].text
    for words in ("gare@example.org", "Segreteria", "Oggetto: Convocazione", "è alle dieci"):
        assert words in text
    (member,) = result.members
    assert (member.name, member.size) == ("ordine.pdf", len(signed_pdf()))


def test_a_mail_inside_an_outlook_mail_comes_out_with_its_files(tmp_path: Path) -> None:
    deep = inside("Terza", "La più interna.", {"nota.txt": b"Nota"})
    attached = {"": deep, "a.txt": b"A"}
    inner = inside("Richiesta n. 7/2022 – attività", "Si chiede il parere.", attached)
    data = message("Inoltro", "Vedi sotto.", {"ordine.pdf": signed_pdf(), "": inner})
    path = tmp_path / "x.msg"
    path.write_bytes(data)
    result = read(tmp_path, data, "x.msg")
    assert [member.name for member in result.members] == [
        "ordine.pdf",
        "Richiesta n. 7-2022 – attività.eml",
    ]
    target = tmp_path / "taken"
    assert take(path, "msg", 2, target, LIMITS, 10_000_000) == ""
    assert target.stat().st_size == result.members[1].size
    assert sniff(target, result.members[1].name).format == FileFormat.EML
    mail_inside = read(tmp_path, target.read_bytes(), "b.eml")
    for words in (
        "Da: ",
        "gare@example.org",
        "A: Segreteria <segreteria@example.org>",
        "Oggetto: Richiesta n. 7/2022 – attività",
        "Si chiede il parere.",
    ):
        assert words in mail_inside.pages[0].text
    assert [member.name for member in mail_inside.members] == ["Terza.eml", "a.txt"]
    parsed = email.message_from_bytes(target.read_bytes(), policy=email.policy.default)
    third = next(parsed.iter_attachments()).get_content()
    assert third["Subject"] == "Terza"
    assert next(third.iter_attachments()).get_content() == b"Nota"


def test_broken_or_endless_mails_inside_do_not_hide_the_rest(tmp_path: Path) -> None:
    endless = inside("Fondo", "", {})
    for number in range(30):
        endless = inside(f"Livello {number}", "", {"": endless})
    path = tmp_path / "x.msg"
    for broken in ({}, endless):
        data = message("Inoltro", "Vedi sotto.", {"": broken, "a.txt": b"A"})
        path.write_bytes(data)
        result = read(tmp_path, data, "x.msg")
        assert "Vedi sotto." in result.pages[0].text
        assert [member.size for member in result.members] == [0, 1]
        problem = take(path, "msg", 1, tmp_path / "taken", LIMITS, 10_000_000)
        assert problem in ("damaged", "too_nested")
        assert ERROR_TEXTS[problem]


def test_an_archive_lists_its_files(tmp_path: Path) -> None:
    files = {
        "atti/": b"",
        "atti/delibera.txt": b"Delibera",
        "__MACOSX/._x": b"x",
        "../fuori.txt": b"y",
    }
    result = read(tmp_path, archive(files), "x.zip")
    assert [member.name for member in result.members] == ["atti/delibera.txt", "../fuori.txt"]
    assert "atti/delibera.txt" in result.pages[0].text
    many = archive({f"{number}.txt": b"x" for number in range(201)})
    assert read(tmp_path, many, "x.zip").error_code == "too_many_members"
    assert read(tmp_path, archive({"vuota/": b""}), "x.zip").error_code == "empty"


@pytest.fixture
def kit(member: Any, treviso: Organisation) -> Document:
    """An archive of a member's body, read, with all the metadata that its files will have."""
    made = document(
        name="kit.zip",
        content=archive(
            {
                "../../etc/passwd.txt": b"Primo file della raccolta.",
                "atti/convenzione.pdf.p7m": envelope(signed_pdf("Convenzione")),
                "programma.exe": b"MZ\x90\x00" * 99,
            }
        ),
        audience=organisation_token(treviso.pk),
        uploaded_by_user=member,
        organisation=treviso,
        kind="schema",
        year=2022,
        protocol_number="12/2022",
        networks=[Network.objects.get(slug="sua")],
    )
    made.tags.add("raccolta")
    DocumentVersion.objects.update(state=VersionState.QUEUED)
    assert made.current_version is not None
    assert extract_version(made.current_version.pk) == "ready"
    return Document.objects.get(pk=made.pk)


def test_nothing_is_opened_by_itself(kit: Document) -> None:
    assert Document.objects.count() == 1
    assert set(FileMember.objects.values_list("state", flat=True)) == {MemberState.OFFERED}


def test_the_files_become_documents_when_asked(kit: Document, member: Any) -> None:
    client = client_of(member)
    shown = client.get(kit.get_absolute_url()).content.decode()
    assert "File nell&#x27;archivio" in shown or "File nell'archivio" in shown
    assert f"/biblioteca/{kit.pk}/contenuto/" in shown
    path = f"/biblioteca/{kit.pk}/contenuto/"
    empty = client.post(path, {})
    assert empty.status_code == 422
    assert "Scelga almeno un file" in empty.content.decode()
    assert client.post(path, {"files": ["99"]}).status_code == 422
    assert client.post(path, {"files": ["x"]}).status_code == 422
    assert client.post(path, {"files": ["1", "2", "3"]}).status_code == 302
    version = kit.current_version_id
    assert version is not None
    assert keep_members(version) == 2
    assert keep_members(version) == 0
    children = {child.title: child for child in Document.objects.filter(source=kit)}
    assert set(children) == {"Passwd", "Convenzione"}
    for child in children.values():
        assert (child.audience, child.kind, child.year) == (kit.audience, kit.kind, kit.year)
        assert (child.organisation, child.protocol_number) == (kit.organisation, "12/2022")
        assert [network.slug for network in child.networks.all()] == ["sua"]
        assert [tag.name for tag in child.tags.all()] == ["raccolta"]
        assert child.uploaded_by_user == member
        assert child.current_version is not None
        assert child.current_version.state == VersionState.QUEUED
    stored = children["Passwd"].current_version
    assert stored is not None
    assert "etc" not in stored.file.name
    with stored.file.open("rb") as file:
        assert file.read() == b"Primo file della raccolta."
    refused = FileMember.objects.get(name="programma.exe")
    assert (refused.state, refused.document) == (MemberState.REFUSED, None)
    assert "accettati" in refused.reason
    shown = client.get(kit.get_absolute_url()).content.decode()
    assert children["Passwd"].get_absolute_url() in shown
    child_page = client.get(children["Passwd"].get_absolute_url()).content.decode()
    assert kit.title in child_page


def test_who_may_not_change_it_may_not_open_it(
    kit: Document, outsider: Any, waiting: Any, redattore: Any
) -> None:
    path = f"/biblioteca/{kit.pk}/contenuto/"
    for method in ("get", "post"):
        assert getattr(Client(), method)(path).status_code == 302
        assert getattr(client_of(outsider), method)(path).status_code == 404
    Document.objects.update(audience=PUBLIC)
    for person in (outsider, waiting):
        assert client_of(person).get(path).status_code == 403
        assert client_of(person).post(path, {"files": ["1"]}).status_code == 403
    assert not FileMember.objects.exclude(state=MemberState.OFFERED).exists()
    assert client_of(redattore).get(path).status_code == 200


def test_a_right_lost_meanwhile_is_a_refusal(kit: Document, member: Any, outsider: Any) -> None:
    ask_members(member, kit, [1])
    Document.objects.filter(pk=kit.pk).update(uploaded_by_user=outsider)
    found = FileMember.objects.select_related("version__document").get(position=1)
    assert keep_member(found) is None
    found.refresh_from_db()
    assert found.state == MemberState.REFUSED


def test_a_private_source_is_not_named_to_others(kit: Document, member: Any) -> None:
    ask_members(member, kit, [1])
    assert kit.current_version_id is not None
    keep_members(kit.current_version_id)
    child = Document.objects.get(source=kit)
    Document.objects.filter(pk=kit.pk).update(title="Raccolta riservata")
    Document.objects.filter(pk=child.pk).update(audience=PUBLIC, description="")
    assert "Raccolta riservata" not in Client().get(child.get_absolute_url()).content.decode()
    Document.objects.filter(pk=kit.pk).update(audience=PUBLIC)
    Document.objects.filter(pk=child.pk).update(audience=organisation_token(1), title="Segreto")
    shown = Client().get(kit.get_absolute_url()).content.decode()
    assert child.get_absolute_url() not in shown


def test_archives_in_archives_end_somewhere(db: None, redattore: Any) -> None:
    data = archive({"in fondo.txt": b"Testo"})
    for _ in range(5):
        data = archive({"dentro.zip": data})
    made = document(name="a.zip", content=data, uploaded_by_user=redattore)
    depth = 0
    while True:
        version = made.current_version
        assert version is not None
        DocumentVersion.objects.filter(pk=version.pk).update(state=VersionState.QUEUED)
        assert extract_version(version.pk) == "ready"
        ask_members(redattore, made, [1])
        if not keep_members(version.pk):
            break
        made, depth = Document.objects.get(source=made), depth + 1
    assert depth == 3
    assert "uno dentro l'altro" in FileMember.objects.get(version=version).reason


def test_what_a_dead_worker_left_is_taken_up_again(kit: Document, member: Any) -> None:
    ask_members(member, kit, [1])
    assert look_for_tools() == 0
    FileMember.objects.filter(position=1).update(asked_at=dt.datetime(2022, 1, 1, tzinfo=dt.UTC))
    assert look_for_tools() == 1
    assert look_for_tools() == 0


def test_a_compound_file_is_what_its_streams_say(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(message("a", "b", {}))
    assert sniff(path, "x.doc").format == FileFormat.MSG
