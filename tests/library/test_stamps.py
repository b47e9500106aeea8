"""Files with a time stamp: taken out of their envelopes, the stamps listed, nothing verified."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.core.access import organisation_token
from portal.library.extraction import ExtractionResult, FileFormat, sniff
from portal.library.extraction.errors import ERROR_TEXTS
from portal.library.models import Document, DocumentVersion, VersionState
from portal.library.tasks import extract_version
from portal.organisations.models import Organisation
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.signed import envelope, signed_pdf, streamed
from tests.factories.stamps import AUTHORITY, STAMPED, multipart, reply, stamped, token
from tests.library.test_signatures import read as read_envelope

TEXT = b"Delibera di adesione alla convenzione.\n" * 90


def read(folder: Path, data: bytes, name: str = "atto.txt.tsd") -> ExtractionResult:
    return read_envelope(folder, data, name)


def kinds(result: ExtractionResult) -> list[tuple[str, str, int]]:
    return [(one.kind, one.name, one.level) for one in result.signatures]


def test_a_stamped_text_is_taken_out(tmp_path: Path) -> None:
    result = read(tmp_path, stamped(TEXT, token()))
    assert not result.error_code
    assert result.inner is not None
    assert result.inner.path.read_bytes() == TEXT
    assert (result.inner.name, result.inner.format) == ("atto.txt", FileFormat.TXT)
    assert "adesione alla convenzione" in result.pages[0].text
    (stamp,) = result.signatures
    assert (stamp.kind, stamp.name, stamp.serial) == ("stamp", AUTHORITY, "ABC123")
    assert stamp.organisation == "Ente di marca"
    assert stamp.signed_at == STAMPED.isoformat()
    assert "Autorità dimostrativa" in stamp.issuer


@pytest.mark.standalone
def test_a_signed_file_within_a_stamped_one(tmp_path: Path) -> None:
    for inner in (envelope(TEXT), streamed(envelope(TEXT))):
        result = read(tmp_path, stamped(inner, token(), token("Seconda")), "atto.txt.p7m.tsd")
        assert result.inner is not None
        assert result.inner.path.read_bytes() == TEXT
        assert kinds(result) == [
            ("stamp", AUTHORITY, 1),
            ("stamp", "Seconda", 1),
            ("cades", "Firmataria di prova", 2),
        ]


@pytest.mark.standalone
@pytest.mark.parametrize("binary", [True, False])
@pytest.mark.parametrize("answer", [reply, lambda made: made], ids=["tsr", "token"])
def test_a_multipart_with_a_signed_file(binary: bool, answer: Any, tmp_path: Path) -> None:
    # Bytes that a reader of lines would spoil.
    text = TEXT + "è\r\n\r\n--confine?\n\r\r\n".encode()
    data = multipart(envelope(text), answer(token()), binary)
    result = read(tmp_path, data, "atto.m7m")
    assert not result.error_code
    assert result.inner is not None
    assert result.inner.path.read_bytes() == text
    assert result.inner.name == "atto.txt"
    assert kinds(result) == [("stamp", AUTHORITY, 1), ("cades", "Firmataria di prova", 2)]


def test_a_multipart_with_a_plain_pdf(tmp_path: Path) -> None:
    data = multipart(signed_pdf(), reply(token()), file_type="application/timestamp-file")
    result = read(tmp_path, data, "atto.pdf.m7m")
    assert result.inner is not None
    assert (result.inner.name, result.inner.format) == ("atto.pdf", FileFormat.PDF)
    assert kinds(result)[0] == ("stamp", AUTHORITY, 1)


def test_an_authority_without_certificate_is_the_declared_one(tmp_path: Path) -> None:
    result = read(tmp_path, stamped(TEXT, token(certificate=False)))
    assert [one.name for one in result.signatures] == ["Autorità dichiarata"]
    assert result.signatures[0].signed_at == STAMPED.isoformat()


def test_a_token_that_cannot_be_read_says_nothing_and_hides_nothing(tmp_path: Path) -> None:
    for broken in (b"", b"nessuna marca", envelope(b"altro"), token()[:200]):
        data = multipart(envelope(TEXT), broken or b" ")
        result = read(tmp_path, data, "atto.m7m")
        assert not result.error_code
        assert result.inner is not None
        assert kinds(result) == [("stamp", "", 1), ("cades", "Firmataria di prova", 2)]
        assert result.signatures[0].signed_at == ""


WHOLE = stamped(TEXT, token())
BROKEN: dict[str, tuple[bytes, str, str]] = {
    "no file": (stamped(None, token()), "a.tsd", "stamp_detached"),
    "an empty file": (stamped(b"", token()), "a.tsd", "stamp_detached"),
    "cut": (WHOLE[:400], "a.tsd", "damaged"),
    "another content": (WHOLE[:22] + b"\x05\x00" + WHOLE[24:], "a.tsd", "damaged"),
    "only the token": (token(), "a.tst", "stamp_detached"),
    "only the stamp": (multipart(b"", reply(token())), "a.m7m", "stamp_detached"),
    "too nested": (stamped(stamped(stamped(stamped(stamped(stamped(TEXT)))))), "a", "too_nested"),
}


@pytest.mark.standalone
@pytest.mark.parametrize("name", BROKEN)
def test_broken_ones_end_in_a_reason(name: str, tmp_path: Path) -> None:
    data, filename, code = BROKEN[name]
    result = read(tmp_path, data, filename)
    assert result.error_code == code
    assert ERROR_TEXTS[code]


@pytest.mark.standalone
def test_any_cut_ends_in_a_reason_or_in_the_file(tmp_path: Path) -> None:
    signed = multipart(envelope(TEXT), reply(token()), binary=False)
    for data, name in ((WHOLE, "a.tsd"), (signed, "a.m7m")):
        for end in range(40, len(data), len(data) // 7):
            result = read(tmp_path, data[:end], name)
            assert result.error_code in {"", "damaged", "stamp_detached", "unsupported", "detached"}


def test_what_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "senza-nome"
    mail = b"From: a@example.org\r\n" + multipart(envelope(TEXT), reply(token()))
    for data, name, found in (
        (WHOLE, "a", FileFormat.TSD),
        (multipart(envelope(TEXT), reply(token())), "a", FileFormat.M7M),
        (multipart(b"", reply(token())), "a", FileFormat.M7M),
        (envelope(TEXT), "a.tsd", FileFormat.P7M),
        (mail.replace(b"binary", b"base64"), "a.m7m", None),
    ):
        path.write_bytes(data)
        if found:
            assert sniff(path, name).format == found
        else:
            assert sniff(path, name).format != FileFormat.M7M
    path.write_bytes(reply(token()))
    assert "TSD, M7M" in sniff(path, "a.tsr").reason


def stored(data: bytes, name: str, **fields: Any) -> Document:
    """Return a document with a file read by the worker."""
    made = document(name=name, content=data, **fields)
    assert made.current_version is not None
    DocumentVersion.objects.filter(pk=made.current_version.pk).update(state=VersionState.QUEUED)
    extract_version(made.current_version.pk)
    return Document.objects.get(pk=made.pk)


@pytest.mark.django_db
def test_the_page_lists_stamps_beside_signatures(
    member: User, outsider: User, waiting: User, treviso: Organisation
) -> None:
    own = organisation_token(treviso.pk)
    signed = stored(stamped(envelope(TEXT), token()), "atto.txt.p7m.tsd", audience=own)
    plain = stored(stamped(TEXT, token()), "nota.txt.tsd", audience=own)
    assert signed.current_version is not None
    assert plain.current_version is not None
    assert (signed.current_version.is_signed, plain.current_version.is_signed) == (True, False)
    page = client_of(member).get(signed.get_absolute_url()).content.decode()
    assert "1 firma<" in page
    assert "1 marca temporale<" in page
    assert AUTHORITY in page
    assert "13 aprile 2022, ore 11:35" in page
    assert "validità non verificata" in page
    assert "il file firmato (TSD" in page
    page = client_of(member).get(plain.get_absolute_url()).content.decode()
    assert "firma<" not in page
    assert "il file marcato (TSD" in page
    for tail in ("", "scarica/", "scarica/?contenuto"):
        for client in (Client(), client_of(outsider), client_of(waiting)):
            answer = client.get(plain.get_absolute_url() + tail)
            assert answer.status_code == 404
    client = client_of(member)
    inner = client.get(plain.get_absolute_url() + "scarica/?contenuto&scarica")
    assert b"".join(inner.streaming_content) == TEXT
    whole = client.get(plain.get_absolute_url() + "scarica/?scarica")
    assert b"".join(whole.streaming_content) == stamped(TEXT, token())


@pytest.mark.django_db
def test_a_broken_one_says_why(member: User) -> None:
    made = stored(stamped(None, token()), "atto.tsd", uploaded_by_user=member)
    page = client_of(member).get(made.get_absolute_url()).content.decode()
    assert "La marca temporale è separata dal file marcato" in page
    assert client_of(member).get(made.get_absolute_url() + "scarica/").status_code == 200
