"""Who reads, changes and decides what in the library."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.core.access import MEMBERS, PUBLIC, STAFF, organisation_token
from portal.library.models import Document, DocumentVersion, VersionState
from portal.organisations.models import Organisation
from tests.conftest import client_of
from tests.factories.library import BLANK_PDF, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(
    member: User, outsider: User, waiting: User, redattore: User, admin: User
) -> dict[str, User | None]:
    return {
        "anonymous": None,
        "waiting": waiting,
        "member": member,
        "outsider": outsider,
        "redattore": redattore,
        "admin": admin,
    }


def verdict(person: User | None, path: str, method: str = "get", **data: str) -> int | str:
    """Return the status, or ``sign in``."""
    client = client_of(person) if person else Client()
    answer = getattr(client, method)(path, data)
    if answer.status_code == 302 and "/account/login/" in answer["Location"]:
        return "sign in"
    return int(answer.status_code)


READERS = {
    PUBLIC: {"anonymous", "waiting", "member", "outsider", "redattore", "admin"},
    MEMBERS: {"member", "outsider", "redattore", "admin"},
    "ente": {"member", "admin"},
    STAFF: {"redattore", "admin"},
}
READING = ["", "stato/", "scarica/", "pagina/1/", "anteprima.webp", "pagina/1/immagine.webp"]


@pytest.mark.parametrize("audience", READERS)
def test_reading(audience: str, cast: dict[str, User | None], treviso: Organisation) -> None:
    token = organisation_token(treviso.pk) if audience == "ente" else audience
    made = document(audience=token, name="a.pdf", content=BLANK_PDF)
    for tail in READING:
        for name, person in cast.items():
            expected = 200 if name in READERS[audience] else 404
            assert verdict(person, f"/biblioteca/{made.pk}/{tail}") == expected, (tail, name)
    for name, person in cast.items():
        client = client_of(person) if person else Client()
        listed = made.title in client.get("/biblioteca/").content.decode()
        assert listed is (name in READERS[audience]), name


CHANGING = [("modifica/", "get"), ("elimina/", "get"), ("elimina/", "post"), ("riprova/", "post")]


@pytest.mark.parametrize(("tail", "method"), CHANGING)
def test_changing(
    tail: str, method: str, cast: dict[str, User | None], treviso: Organisation
) -> None:
    public = document(audience=PUBLIC, uploaded_by_user=cast["member"])
    private = document(audience=organisation_token(treviso.pk), uploaded_by_user=cast["member"])
    for name in ("anonymous", "waiting", "outsider"):
        expected = "sign in" if name == "anonymous" else 403
        hidden = "sign in" if name == "anonymous" else 404
        assert verdict(cast[name], f"/biblioteca/{public.pk}/{tail}", method) == expected
        assert verdict(cast[name], f"/biblioteca/{private.pk}/{tail}", method) == hidden
    for name in ("redattore", "member"):
        again = document(audience=PUBLIC, uploaded_by_user=cast["member"])
        assert verdict(cast[name], f"/biblioteca/{again.pk}/{tail}", method) in (200, 302)


def test_uploading_and_lists(cast: dict[str, User | None]) -> None:
    expected: dict[str, dict[str, Any]] = {
        "/biblioteca/carica/": {"anonymous": "sign in", "waiting": 403, "member": 200},
        "/biblioteca/miei/": {"anonymous": "sign in", "waiting": 200, "member": 200},
        "/biblioteca/proposte/": {
            "anonymous": "sign in",
            "waiting": 403,
            "member": 403,
            "redattore": 200,
        },
    }
    for path, verdicts in expected.items():
        for name, status in verdicts.items():
            assert verdict(cast[name], path) == status, (path, name)


def form(member: User, file: SimpleUploadedFile | None, **changes: str) -> dict[str, Any]:
    """Return the upload form, filled."""
    own = organisation_token(member.affiliations.get().organisation_id)
    values = {"title": "Il mio file", "kind": "schema", "audience": own, "year": "2022"}
    return {**values, **changes, **({"file": file} if file else {})}


def text_file(text: str = "Un testo semplice.\n") -> SimpleUploadedFile:
    """Return a text file as a browser sends it."""
    return SimpleUploadedFile("testo.txt", text.encode(), content_type="text/plain")


def test_a_title_left_empty_is_made_of_the_name_of_the_file(member: User) -> None:
    sent = SimpleUploadedFile("Schema_di-convenzione.txt", b"Un testo.")
    client_of(member).post("/biblioteca/carica/", form(member, sent, title=""))
    made = Document.objects.get()
    assert made.title == "Schema di convenzione"
    client_of(member).post(f"/biblioteca/{made.pk}/modifica/", form(member, None, title="Altro"))
    made.refresh_from_db()
    assert made.title == "Altro"
    client_of(member).post(f"/biblioteca/{made.pk}/modifica/", form(member, None, title=" "))
    made.refresh_from_db()
    assert made.title == "Schema di convenzione"


def test_the_original_is_kept_byte_for_byte(member: User) -> None:
    data = "Testo con accenti: è così.\r\n\tfine".encode()
    sent = SimpleUploadedFile("../../etc/passwd.txt", data)
    assert client_of(member).post("/biblioteca/carica/", form(member, sent)).status_code == 302
    made = Document.objects.get()
    assert made.uploaded_by_user == member
    assert made.organisation == member.affiliations.get().organisation
    version = made.current_version
    assert version is not None
    assert (version.filename, version.state) == ("passwd.txt", VersionState.QUEUED)
    assert version.sha256 == hashlib.sha256(data).hexdigest()
    answer = client_of(member).get(f"/biblioteca/{made.pk}/scarica/")
    assert b"".join(answer.streaming_content) == data


def test_a_double_submit_stores_once(member: User) -> None:
    client = client_of(member)
    first = client.post("/biblioteca/carica/", form(member, text_file()))
    second = client.post("/biblioteca/carica/", form(member, text_file()))
    assert (first.status_code, second.status_code) == (302, 422)
    assert "già in biblioteca" in second.content.decode()
    assert Document.objects.count() == DocumentVersion.objects.count() == 1


def test_a_duplicate_that_one_may_not_see_is_not_revealed(member: User, outsider: User) -> None:
    client_of(outsider).post("/biblioteca/carica/", form(outsider, text_file()))
    answer = client_of(member).post("/biblioteca/carica/", form(member, text_file()))
    assert answer.status_code == 302
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("file", "changes", "sentence"),
    [
        (None, {}, "obbligatorio"),
        (SimpleUploadedFile("vuoto.pdf", b""), {}, "vuoto"),
        (SimpleUploadedFile("x.pdf", b"MZ\x90\x00" + b"\x00" * 400), {}, ""),
        (text_file(), {"year": "abc"}, ""),
        (text_file(), {"kind": "inesistente"}, ""),
        (text_file(), {"audience": "public"}, ""),
        (text_file(), {"audience": "organisation:999999"}, ""),
        (text_file(), {"title": "a\x00b"}, ""),
        (text_file(), {"title": "x" * 5000}, ""),
        (text_file(), {"protocol_date": "ieri"}, ""),
    ],
    ids=range(10),
)
def test_bad_uploads(
    member: User, file: SimpleUploadedFile | None, changes: dict[str, str], sentence: str
) -> None:
    typed = form(member, file, description="Resta scritto", **changes)
    answer = client_of(member).post("/biblioteca/carica/", typed)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "field__error" in text
    assert "Resta scritto" in text
    assert sentence in text
    assert not Document.objects.exists()


def test_too_large(member: User, settings: Any) -> None:
    settings.LIBRARY_MAX_FILE_SIZE = 10
    answer = client_of(member).post("/biblioteca/carica/", form(member, text_file()))
    assert "il massimo è" in answer.content.decode()


def test_a_proposal_is_decided_once(
    member: User, outsider: User, redattore: User, django_capture_on_commit_callbacks: Any
) -> None:
    typed = form(member, text_file(), audience="propose:public")
    client_of(member).post("/biblioteca/carica/", typed)
    made = Document.objects.get()
    assert made.audience == organisation_token(member.affiliations.get().organisation_id)
    path = f"/biblioteca/{made.pk}/decisione/"
    assert verdict(None, path, "post", decision="approve") == "sign in"
    assert verdict(member, path, "post", decision="approve") == 403
    assert verdict(outsider, path, "post", decision="approve") in (403, 404)
    refused = client_of(redattore).post(path, {"decision": "refuse", "reason": ""})
    assert refused.status_code == 422
    assert "Scriva il motivo" in refused.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client_of(redattore).post(path, {"decision": "approve"})
    made.refresh_from_db()
    assert (made.audience, made.proposed_audience) == (PUBLIC, "")
    assert [letter.to for letter in mail.outbox] == [[member.email]]
    client_of(redattore).post(path, {"decision": "refuse", "reason": "tardi"})
    made.refresh_from_db()
    assert made.audience == PUBLIC


def test_download_headers_and_ranges() -> None:
    made = document("0123456789" * 20, content=b"0123456789" * 20)
    client, path = Client(), f"/biblioteca/{made.pk}/scarica/"
    whole = client.get(path)
    assert whole["Content-Type"] == "text/plain; charset=utf-8"
    assert whole["Content-Disposition"].startswith("inline")
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert whole["Content-Security-Policy"].startswith("sandbox")
    assert client.get(path + "?scarica")["Content-Disposition"].startswith("attachment")
    etag = whole["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    for header, status, body in [
        ("bytes=0-3", 206, b"0123"),
        ("bytes=-4", 206, b"6789"),
        ("bytes=195-", 206, b"56789"),
        ("bytes=5-2", 416, b""),
        ("bytes=900-", 416, b""),
        (f"bytes={'9' * 5000}-", 200, b"0123456789" * 20),
    ]:
        part = client.get(path, headers={"Range": header})
        assert part.status_code == status, header
        got = b"".join(part.streaming_content) if part.streaming else part.content
        assert got == body
    stale = client.get(path, headers={"Range": "bytes=0-3", "If-Range": '"altro"'})
    assert stale.status_code == 200
    assert client.post(path).status_code == 405


def test_a_drawing_is_only_text(member: User) -> None:
    svg = SimpleUploadedFile("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")
    client_of(member).post("/biblioteca/carica/", form(member, svg))
    for made in Document.objects.all():
        answer = client_of(member).get(f"/biblioteca/{made.pk}/scarica/")
        assert "svg" not in answer["Content-Type"]
        assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["pagina.html", "foglio.csv"])
def test_what_could_run_is_only_saved(name: str) -> None:
    data = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
    made = document(name=name, content=data if name.endswith("html") else b"a;b\n1;2\n")
    answer = Client().get(f"/biblioteca/{made.pk}/scarica/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"


def test_the_reader() -> None:
    made = document("La prima pagina", "La convenzione tra i Comuni <b>", "La terza")
    client = Client()
    text = client.get(f"/biblioteca/{made.pk}/pagina/2/", {"q": "convenzioni"}).content.decode()
    assert "<mark>convenzione</mark>" in text
    assert "&lt;b&gt;" in text
    assert f"/biblioteca/{made.pk}/pagina/3/?q=convenzioni" in text
    for typed, number in (("2", 2), ("0", 1), ("99999999999", 1), ("abc", 1), ("99", 3), ("", 1)):
        jump = client.get(f"/biblioteca/{made.pk}/pagina/", {"pagina": typed})
        assert jump["Location"] == f"/biblioteca/{made.pk}/pagina/{number}/"
    for wrong in ("pagina/0/", "pagina/4/", "pagina/99999999999/"):
        assert client.get(f"/biblioteca/{made.pk}/{wrong}").status_code == 404
    for query in ("\x00", "x" * 50_000, '"', "🏛️"):
        assert client.get(f"/biblioteca/{made.pk}/pagina/1/", {"q": query}).status_code == 200


def test_states_are_told_with_a_retry(member: User) -> None:
    made = document(audience=PUBLIC, uploaded_by_user=member)
    DocumentVersion.objects.update(state=VersionState.FAILED, failure_code="encrypted")
    text = client_of(member).get(f"/biblioteca/{made.pk}/").content.decode()
    assert "Riprova a leggerlo" in text
    assert client_of(member).post(f"/biblioteca/{made.pk}/riprova/").status_code == 302
    fragment = client_of(member).get(f"/biblioteca/{made.pk}/stato/").content.decode()
    assert 'hx-trigger="every 2s"' in fragment
    assert "in coda" in fragment


@pytest.mark.parametrize(
    "query",
    [
        {"tipo": "x"},
        {"anno": "abc"},
        {"rete": "a\x00"},
        {"provincia": "🏛"},
        {"formato": "x" * 9999},
        {"page": "-3"},
        {"q": "x" * 9999},
    ],
)
def test_bad_filters(query: dict[str, str]) -> None:
    made = document()
    answer = Client().get("/biblioteca/", query)
    assert answer.status_code == 200
    assert made.title in answer.content.decode()


def test_lists_cost_the_same(member: User, redattore: User) -> None:
    for path, person, fields in [
        ("/biblioteca/", None, {}),
        ("/biblioteca/miei/", member, {"uploaded_by_user": member}),
        ("/biblioteca/proposte/", redattore, {"proposed_audience": PUBLIC}),
    ]:
        client = client_of(person) if person else Client()
        prices = []
        for rows in (2, 18):
            for _ in range(rows):
                document(**fields)
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            prices.append(len(queries))
        assert prices[0] == prices[1], path


def test_editors_upload_in_the_administration(redattore: User) -> None:
    client = client_of(redattore)
    path = "/gestione/documents/add/"
    assert client.get(path).status_code == 200
    typed = {"title": "Dalla redazione", "kind": "schema", "audience": PUBLIC, "language": "it"}
    bad = SimpleUploadedFile("x.pdf", b"MZ\x90\x00" + b"\x00" * 300)
    assert client.post(path, {**typed, "file": bad}).status_code == 200
    assert not Document.objects.exists()
    answer = client.post(path, {**typed, "file": text_file()})
    assert answer.status_code == 302
    made = Document.objects.get()
    assert made.current_version is not None
    assert made.url == f"/biblioteca/{made.pk}/scarica/"
    assert Client().get(f"/documenti/{made.pk}/testo.txt").status_code == 404


def test_editors_search_the_documents_to_choose_from(redattore: User) -> None:
    shown = document(title="Schema di convenzione")
    archived = document(title="Vecchia convenzione")
    Document.objects.filter(pk=archived.pk).update(archived_at=shown.created_at)
    path = "/gestione/documents/chooser/results/"
    page = client_of(redattore).get(path, {"q": "convenzione"}).content.decode()
    assert (shown.title in page, archived.title in page) == (True, False)
