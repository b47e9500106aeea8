"""Signed files: unwrapped whatever their clothing, their signers listed, nothing verified."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import core
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core.access import PUBLIC, organisation_token
from portal.library.extraction import ExtractionResult, FileFormat, Limits, cms, extract, sniff
from portal.library.models import Document, DocumentVersion, VersionState
from portal.library.tasks import extract_version
from portal.organisations.models import Organisation
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.signed import (
    MOMENT,
    bare_base64,
    detached,
    envelope,
    nested,
    pem,
    signed_pdf,
    streamed,
)

TEXT = b"Delibera di adesione alla convenzione.\n" * 90
LIMITS = Limits(memory=512 * 1024 * 1024, seconds=60)


def read(tmp_path: Path, data: bytes, name: str = "delibera.txt.p7m") -> ExtractionResult:
    """Return what is in a file with these bytes, recognised by them."""
    path = tmp_path / "stored"
    path.write_bytes(data)
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    return extract(path, sniff(path, name).format, LIMITS, scratch, filename=name)


@pytest.mark.standalone
@pytest.mark.parametrize(
    "clothing",
    [
        lambda der: der,
        streamed,
        lambda der: streamed(der, chunk=7),
        pem,
        lambda der: pem(der, "CMS"),
        lambda der: pem(der, "PKCS #7 SIGNED DATA"),
        bare_base64,
        lambda der: bare_base64(der).replace(b"\n", b"\r\n"),
        lambda der: bare_base64(der).replace(b"\n", b""),
        lambda der: bare_base64(streamed(der)),
        lambda der: der + b"\x00" * 100,
    ],
    ids=range(11),
)
def test_every_clothing_is_taken_off(clothing: Any, tmp_path: Path) -> None:
    data = clothing(envelope(TEXT))
    path = tmp_path / "nome-qualsiasi.bin"
    path.write_bytes(data)
    assert sniff(path, path.name).format == FileFormat.P7M
    result = read(tmp_path, data)
    assert not result.error_code
    assert result.inner is not None
    assert result.inner.path.read_bytes() == TEXT
    assert (result.inner.name, result.inner.format) == ("delibera.txt", FileFormat.TXT)
    assert "Delibera di adesione" in result.pages[0].text
    (signer,) = result.signatures
    assert (signer.kind, signer.level) == ("cades", 1)
    assert (signer.name, signer.organisation) == ("Firmataria di prova", "Ente di prova")
    assert signer.issuer == "Autorità dimostrativa senza valore"
    assert int(signer.serial, 16) > 0
    assert dt.datetime.fromisoformat(signer.signed_at) == MOMENT
    assert dt.datetime.fromisoformat(signer.valid_from) < MOMENT
    assert dt.datetime.fromisoformat(signer.valid_to) > MOMENT


@pytest.mark.standalone
def test_envelopes_one_inside_the_other(tmp_path: Path) -> None:
    result = read(tmp_path, nested(TEXT, 3), "delibera.txt.p7m.p7m.p7m")
    assert [(one.name, one.level) for one in result.signatures] == [
        ("Firmataria 3", 1),
        ("Firmataria 2", 2),
        ("Firmataria 1", 3),
    ]
    assert result.inner is not None
    assert result.inner.name == "delibera.txt"
    assert result.inner.path.read_bytes() == TEXT
    mixed = read(tmp_path, bare_base64(envelope(streamed(envelope(TEXT)))))
    assert len(mixed.signatures) == 2
    assert mixed.pages
    assert read(tmp_path, nested(TEXT, 6)).error_code == "too_nested"


@pytest.mark.standalone
@pytest.mark.timeout(60)
def test_a_long_stream_is_joined_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    def joined_by_pairs(*given: Any) -> bytes:
        raise AssertionError("asn1crypto joins in the square of the number of pieces")

    content = bytes(range(256)) * 65_536
    signed = cms.open_envelope(streamed(envelope(content), chunk=250))
    monkeypatch.setattr(core.Constructable, "_merge_chunks", joined_by_pairs)
    assert cms.content_of(signed) == content


def test_what_cannot_be_unwrapped_says_why(tmp_path: Path) -> None:
    assert read(tmp_path, detached(TEXT)).error_code == "detached"
    whole = envelope(TEXT)
    assert read(tmp_path, whole[: len(whole) // 2]).error_code in ("damaged", "detached")
    assert read(tmp_path, envelope(b"MZ\x90\x00" * 99)).error_code == "unsupported"
    # A length that claims more than there is, and one that never ends.
    assert read(tmp_path, b"\x30\x84\x7f\xff\xff\xff" + whole[4:]).error_code == "damaged"
    deep = b"\x30\x80" + whole[4:19] + b"\xa0\x80" * 50_000
    assert read(tmp_path, deep).error_code == "damaged"


def test_the_inside_is_recognised_by_content(tmp_path: Path) -> None:
    result = read(tmp_path, envelope(signed_pdf("Dentro la busta")), "strano.doc.p7m")
    assert result.inner is not None
    assert (result.inner.format, result.inner.name) == (FileFormat.PDF, "strano.doc.pdf")
    assert [one.kind for one in result.signatures] == ["cades", "pades"]
    assert "Dentro la busta" in result.pages[0].text


@pytest.mark.standalone
def test_signatures_of_a_pdf_are_listed(tmp_path: Path) -> None:
    result = read(tmp_path, signed_pdf("Testo firmato"), "atto.pdf")
    assert result.inner is None
    (signer,) = result.signatures
    assert (signer.kind, signer.name) == ("pades", "Dirigente dimostrativo")
    assert dt.datetime.fromisoformat(signer.signed_at) == MOMENT
    broken = signed_pdf("Testo").replace(b"/Contents<30", b"/Contents<FF")
    (unknown,) = read(tmp_path, broken, "atto.pdf").signatures
    assert (unknown.name, dt.datetime.fromisoformat(unknown.signed_at)) == ("", MOMENT)


@pytest.fixture
def signed_document(db: None) -> Document:
    made = document(name="convenzione-firmata.pdf.p7m", content=envelope(signed_pdf("Convenzione")))
    DocumentVersion.objects.update(state=VersionState.QUEUED)
    version = made.current_version
    assert version is not None
    assert extract_version(version.pk) == "ready"
    return Document.objects.get(pk=made.pk)


def test_the_page_lists_the_signers_and_offers_both_files(signed_document: Document) -> None:
    version = signed_document.current_version
    assert version is not None
    assert (version.format, version.is_signed) == ("pdf", True)
    text = Client().get(signed_document.get_absolute_url()).content.decode()
    assert "validità non verificata" in text
    for words in (
        "Firmataria di prova",
        "Ente di prova",
        "Autorità dimostrativa",
        "13 aprile 2022",
    ):
        assert words in text
    path = f"/biblioteca/{signed_document.pk}/scarica/"
    whole = Client().get(path)
    assert b"".join(whole.streaming_content) == envelope(signed_pdf("Convenzione"))
    assert "convenzione-firmata.pdf.p7m" in whole["Content-Disposition"]
    assert whole["Content-Type"] == "application/octet-stream"
    inner = Client().get(path + "?contenuto")
    assert b"".join(inner.streaming_content) == signed_pdf("Convenzione")
    assert inner["Content-Type"] == "application/pdf"
    assert 'filename="convenzione-firmata.pdf"' in inner["Content-Disposition"]
    assert inner["ETag"] != whole["ETag"]
    saved = Client().get(path + "?contenuto&scarica")
    assert saved["Content-Disposition"].startswith("attachment")
    part = Client().get(path + "?contenuto", headers={"Range": "bytes=0-4"})
    assert b"".join(part.streaming_content) == b"%PDF-"
    assert Client().get(f"/biblioteca/{signed_document.pk}/anteprima.webp").status_code == 200
    assert "firmato" in Client().get("/biblioteca/").content.decode()


def test_reading_again_changes_nothing(signed_document: Document) -> None:
    version = signed_document.current_version
    assert version is not None
    before = (version.inner_file.name, version.signatures.count())
    DocumentVersion.objects.update(state=VersionState.QUEUED)
    assert extract_version(version.pk) == "ready"
    version.refresh_from_db()
    assert (version.inner_file.name, version.signatures.count()) == before
    assert version.format == "pdf"


def test_the_inner_file_goes_with_its_document(
    signed_document: Document, django_capture_on_commit_callbacks: Any
) -> None:
    version = signed_document.current_version
    assert version is not None
    paths = [Path(version.file.path), Path(version.inner_file.path)]
    assert all(path.exists() for path in paths)
    with django_capture_on_commit_callbacks(execute=True):
        signed_document.delete()
    assert not any(path.exists() for path in paths)


def test_who_may_not_read_gets_neither_file(
    signed_document: Document, treviso: Organisation, outsider: Any, member: Any
) -> None:
    Document.objects.update(audience=organisation_token(treviso.pk))
    for tail in ("", "scarica/?contenuto", "scarica/"):
        path = f"/biblioteca/{signed_document.pk}/{tail}"
        assert Client().get(path).status_code == 404
        assert client_of(outsider).get(path).status_code == 404
        assert client_of(member).get(path).status_code == 200


def test_a_plain_file_has_no_inside(db: None) -> None:
    made = document(audience=PUBLIC)
    assert Client().get(f"/biblioteca/{made.pk}/scarica/?contenuto").status_code == 404


def test_signatures_cost_the_same(signed_document: Document) -> None:
    version = signed_document.current_version
    assert version is not None
    prices = []
    for rows in (2, 18):
        for _ in range(rows):
            last = version.signatures.count()
            version.signatures.create(position=last + 1, kind="cades", name=f"Firmataria {last}")
        Client().get(signed_document.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            Client().get(signed_document.get_absolute_url())
        prices.append(len(queries))
    assert prices[0] == prices[1]
