"""The life of what came signed, in mails and in archives: versions, trash, many files at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.core.access import PUBLIC
from portal.library.models import (
    Document,
    DocumentVersion,
    FileMember,
    IncomingState,
    MemberState,
    VersionState,
)
from portal.library.services.incoming import read_item, receive_whole
from portal.library.services.members import ask_members
from portal.library.services.retention import throw_away
from portal.library.tasks import extract_version, keep_members
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.signed import envelope, signed_pdf
from tests.library.test_members import archive, mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def read(made: Document) -> Document:
    """Have the current version of a document read."""
    assert made.current_version_id is not None
    DocumentVersion.objects.filter(pk=made.current_version_id).update(state=VersionState.QUEUED)
    assert extract_version(made.current_version_id) == "ready"
    return Document.objects.get(pk=made.pk)


def opened(member: User) -> tuple[Document, Document]:
    """Make an archive of one file, and the document that comes out of it."""
    content = archive({"nota.txt": b"Nota interna"})
    parent = read(document(name="atti.zip", content=content, uploaded_by_user=member))
    ask_members(member, parent, [1])
    assert parent.current_version_id is not None
    assert keep_members(parent.current_version_id) == 1
    return parent, Document.objects.get(source=parent)


def test_the_content_of_an_older_version_is_for_editors(member: User, outsider: User) -> None:
    made = document(
        name="atto.p7m", content=envelope(b"Atto primo\n"), audience=PUBLIC, uploaded_by_user=member
    )
    read(made)
    with_new = SimpleUploadedFile("atto.p7m", envelope(b"Atto secondo\n"))
    answer = client_of(member).post(f"/biblioteca/{made.pk}/versioni/nuova/", {"file": with_new})
    assert answer.status_code == 302
    read(Document.objects.get(pk=made.pk))
    current = Client().get(f"/biblioteca/{made.pk}/scarica/?contenuto")
    assert b"".join(current.streaming_content) == b"Atto secondo\n"
    older = f"/biblioteca/{made.pk}/versioni/1/scarica/?contenuto"
    answer = client_of(member).get(older)
    assert b"".join(answer.streaming_content) == b"Atto primo\n"
    assert client_of(outsider).get(older).status_code == 403
    assert "/account/login/" in Client().get(older)["Location"]
    listed = client_of(member).get(f"/biblioteca/{made.pk}/versioni/").content.decode()
    assert f"{older}&amp;scarica" in listed


def test_the_trash_hides_what_came_out_of_an_archive(member: User, redattore: User) -> None:
    parent, child = opened(member)
    page = client_of(member).get(parent.get_absolute_url()).content.decode()
    assert child.get_absolute_url() in page
    assert client_of(member).post(f"/biblioteca/{child.pk}/elimina/").status_code == 302
    for person in (member, redattore):
        page = client_of(person).get(parent.get_absolute_url()).content.decode()
        assert child.get_absolute_url() not in page
    assert client_of(member).post(f"/biblioteca/cestino/{child.pk}/ripristina/").status_code == 302
    throw_away(member, parent)
    page = client_of(member).get(child.get_absolute_url()).content.decode()
    assert parent.get_absolute_url() not in page
    assert "Contenuto in" not in page
    for tail in ("contenuto/", "scarica/?contenuto"):
        assert client_of(member).get(f"/biblioteca/{parent.pk}/{tail}").status_code == 404


def test_what_was_deleted_for_good_is_offered_again(member: User) -> None:
    parent, child = opened(member)
    path = f"/biblioteca/{parent.pk}/contenuto/"
    assert client_of(member).post(path, {"files": "1"}).status_code == 422
    child.delete()
    assert "nota.txt (12" in client_of(member).get(path).content.decode()
    assert client_of(member).post(path, {"files": "1"}).status_code == 302
    assert parent.current_version_id is not None
    assert keep_members(parent.current_version_id) == 1
    assert Document.objects.filter(source=parent).count() == 1


def test_nothing_comes_out_of_what_is_in_the_trash(member: User) -> None:
    content = archive({"nota.txt": b"Nota"})
    parent = read(document(name="atti.zip", content=content, uploaded_by_user=member))
    ask_members(member, parent, [1])
    Document.objects.filter(pk=parent.pk).update(trashed_at=timezone.now())
    assert parent.current_version_id is not None
    assert keep_members(parent.current_version_id) == 0
    assert FileMember.objects.get().state == MemberState.REFUSED
    assert not Document.objects.filter(source=parent).exists()


def test_the_redazione_counts_only_what_is_kept(redattore: User) -> None:
    made = document(name="rotto.pdf", content=b"%PDF-1.7 rotto", audience=PUBLIC)
    assert made.current_version_id is not None
    DocumentVersion.objects.update(state=VersionState.FAILED, failure_code="damaged")
    client = client_of(redattore)
    assert client.get("/biblioteca/stato/").context["failures"][0].count == 1
    Document.objects.update(trashed_at=timezone.now())
    context = client.get("/biblioteca/stato/").context
    assert (context["failures"], context["unread"], context["scans"]) == ([], [], 0)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("schema.pdf.p7m", envelope(signed_pdf("Schema di convenzione tra enti")), "convenzione"),
        ("posta.eml", mail(), "delibera"),
        ("atti.zip", archive({"nota.txt": b"Nota"}), "Atti"),
    ],
)
def test_many_files_at_once_may_be_signed_mails_and_archives(
    member: User, name: str, data: bytes, words: str
) -> None:
    item = receive_whole(member, SimpleUploadedFile(name, data))
    assert item.state == IncomingState.READING, item.error
    assert read_item(item.pk) == IncomingState.READY
    item.refresh_from_db()
    assert words in str(item.proposal["title"])
