"""A document through its versions: who may, which one is read, what changed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.core.access import PUBLIC, organisation_token
from portal.library.models import Document, DocumentPage, DocumentVersion, VersionState
from portal.organisations.models import Organisation
from search.engines.base import Engine
from search.indexing import drain
from tests.conftest import client_of
from tests.factories.library import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(tmp_path: Any, settings: Any) -> Engine:
    import search.engines

    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return search.engines.get_engine()


def text_file(text: str) -> SimpleUploadedFile:
    """Return a text file as a browser sends it."""
    return SimpleUploadedFile("nuovo.txt", text.encode(), content_type="text/plain")


def read(version: DocumentVersion, *pages: str) -> None:
    """Write the pages of a version as the worker would."""
    DocumentPage.objects.bulk_create(
        DocumentPage(version=version, number=number, label=f"p. {number}", text=text)
        for number, text in enumerate(pages, start=1)
    )
    DocumentVersion.objects.filter(pk=version.pk).update(
        state=VersionState.READY, page_count=len(pages)
    )
    version.document.save(update_fields=["updated_at"])


@pytest.fixture
def two(member: User) -> Document:
    """A document of two pages whose second version changed the second and added a third."""
    made = document("Pagina uno", "La quota è di 100 euro", uploaded_by_user=member)
    answer = client_of(member).post(
        f"/biblioteca/{made.pk}/versioni/nuova/",
        {"file": text_file("altro contenuto"), "note": "Quota aggiornata"},
    )

    assert answer["Location"] == f"/biblioteca/{made.pk}/versioni/"
    made.refresh_from_db()
    assert made.current_version is not None
    read(made.current_version, "Pagina uno", "La quota è di 250 euro", "Allegato inedito")
    return Document.objects.get(pk=made.pk)


def test_a_new_version_is_the_current_one(two: Document, member: User) -> None:
    first, second = two.versions.order_by("number")
    assert two.current_version == second
    assert (second.number, second.note, second.uploaded_by) == (2, "Quota aggiornata", member)
    assert second.filename == "nuovo.txt"
    assert two.file.name == second.file.name
    assert b"".join(Client().get(two.url).streaming_content) == b"altro contenuto"
    old = client_of(member).get(f"/biblioteca/{two.pk}/versioni/1/scarica/")
    assert old.status_code == 200
    assert b"Pagina uno" in b"".join(old.streaming_content)
    page = client_of(member).get(f"/biblioteca/{two.pk}/versioni/").content.decode()
    assert "Quota aggiornata" in page
    assert page.count("Ripristina<") == 1
    assert first.file.name in {version.file.name for version in two.versions.all()}


def test_only_the_current_version_is_found(index: Engine, two: Document, member: User) -> None:
    def count(words: str) -> int:
        drain()
        return int(Client().get("/api/v1/search/", {"q": words}).json()["count"])

    assert (count('"100 euro"'), count('"250 euro"'), count("inedito")) == (0, 1, 1)
    client = client_of(member)
    answer = client.post(f"/biblioteca/{two.pk}/versioni/1/ripristina/")
    assert answer["Location"] == f"/biblioteca/{two.pk}/versioni/"
    two.refresh_from_db()
    assert two.current_version is not None
    assert (two.current_version.number, two.versions.count()) == (1, 2)
    assert two.current_version.restored_by == member
    assert (count('"100 euro"'), count('"250 euro"'), count("inedito")) == (1, 0, 0)
    client.post(f"/biblioteca/{two.pk}/versioni/2/ripristina/")
    assert (count('"100 euro"'), count('"250 euro"')) == (0, 1)


TAILS = [
    ("versioni/", "get"),
    ("versioni/nuova/", "get"),
    ("versioni/nuova/", "post"),
    ("versioni/confronta/", "get"),
    ("versioni/1/scarica/", "get"),
    ("versioni/1/ripristina/", "post"),
]


@pytest.mark.parametrize(("tail", "method"), TAILS)
def test_verdicts(
    tail: str,
    method: str,
    two: Document,
    member: User,
    outsider: User,
    waiting: User,
    redattore: User,
    treviso: Organisation,
) -> None:
    def status(person: User | None) -> int | str:
        client = client_of(person) if person else Client()
        answer = getattr(client, method)(f"/biblioteca/{two.pk}/{tail}")
        if answer.status_code == 302 and "/account/login/" in answer["Location"]:
            return "sign in"
        return int(answer.status_code)

    assert status(None) == "sign in"
    assert (status(waiting), status(outsider)) == (403, 403)
    for person in (member, redattore):
        assert status(person) in (200, 302, 422)
    Document.objects.filter(pk=two.pk).update(audience=organisation_token(treviso.pk))
    assert status(None) == "sign in"
    assert (status(waiting), status(outsider)) == (404, 404)


def test_a_link_to_an_old_version_says_so(two: Document, member: User, outsider: User) -> None:
    path = f"/biblioteca/{two.pk}/pagina/2/?versione=1"
    for person, reads in ((None, False), (outsider, False), (member, True)):
        client = client_of(person) if person else Client()
        answer = client.get(path, follow=True)
        assert answer.redirect_chain[0][0] == f"/biblioteca/{two.pk}/versioni/1/pagina/2/"
        text = answer.content.decode()
        assert "Questa è la versione 1, non quella corrente" in text
        assert f'href="/biblioteca/{two.pk}/pagina/2/"' in text
        assert ("100 euro" in text) is reads
    gone = Client().get(f"/biblioteca/{two.pk}/versioni/2/pagina/3/")
    assert gone["Location"] == f"/biblioteca/{two.pk}/pagina/3/"
    client_of(member).post(f"/biblioteca/{two.pk}/versioni/1/ripristina/")
    text = Client().get(f"/biblioteca/{two.pk}/versioni/2/pagina/3/").content.decode()
    assert "Apri la versione corrente" in text


@pytest.mark.parametrize("asked", ["0", "9", "x", "99999999999999999999", "1'", "²"])
def test_an_unknown_version_leads_to_the_current(asked: str, two: Document) -> None:
    answer = Client().get(f"/biblioteca/{two.pk}/pagina/1/", {"versione": asked})
    assert answer["Location"] == f"/biblioteca/{two.pk}/pagina/1/"
    if asked.isascii() and asked.isdecimal() and len(asked) < 9:
        assert Client().get(f"/biblioteca/{two.pk}/versioni/{asked}/pagina/1/").status_code == 404


def test_what_changed(two: Document, member: User) -> None:
    path = f"/biblioteca/{two.pk}/versioni/confronta/"
    client = client_of(member)
    text = client.get(path).content.decode()
    assert re.search(r"<del>.*?100.*?</del>", text)
    assert re.search(r"<ins>.*?250.*?</ins>", text)
    assert "2 pagine diverse" in text
    assert "(1 aggiunta, 0 tolte), 1 uguale" in text
    assert "Aggiunta: p. 3" in text
    back = client.get(path, {"da": "2", "a": "1"}).content.decode()
    assert "(0 aggiunte, 1 tolta)" in back
    same = client.get(path, {"da": "2", "a": "2"})
    assert same["Location"].endswith("?da=1&a=2")
    for odd in ("x", "99", "-1", "1" * 500):
        assert client.get(path, {"da": odd, "a": odd, "page": "999999999"}).status_code == 200
    alone = document(uploaded_by_user=member)
    text = client.get(f"/biblioteca/{alone.pk}/versioni/confronta/").content.decode()
    assert "C'è una versione sola" in text


def test_text_of_a_file_is_never_markup(member: User) -> None:
    made = document("<script>vecchio</script>", uploaded_by_user=member)
    client = client_of(member)
    client.post(f"/biblioteca/{made.pk}/versioni/nuova/", {"file": text_file("x y z")})
    made.refresh_from_db()
    assert made.current_version is not None
    read(made.current_version, "<script>nuovo</script>")
    text = client.get(f"/biblioteca/{made.pk}/versioni/confronta/").content.decode()
    assert "<script>vecchio" not in text
    assert "<script>nuovo" not in text
    assert "vecchio" in text


def test_refused_versions(two: Document, member: User) -> None:
    path = f"/biblioteca/{two.pk}/versioni/nuova/"
    other = document("Testo di un altro", audience=PUBLIC, content=b"contenuto altrui")
    hidden = document(audience="organisation:999999", content=b"contenuto nascosto")
    client = client_of(member)
    cases = [
        ({}, "obbligatorio"),
        ({"file": text_file("altro contenuto")}, "già la versione 2"),
        ({"file": text_file("contenuto altrui")}, other.get_absolute_url()),
        ({"file": SimpleUploadedFile("v.pdf", b"")}, "vuoto"),
        ({"file": SimpleUploadedFile("v.pdf", b"MZ\x90\x00" + b"\x00" * 300)}, "accettati"),
        ({"file": text_file("buono"), "note": "x" * 301}, "field__error"),
    ]
    for data, sentence in cases:
        answer = client.post(path, {"note": "Resta scritto", **data})
        assert answer.status_code == 422, sentence
        assert sentence in answer.content.decode()
        if "note" not in data:
            assert "Resta scritto" in answer.content.decode()
    assert two.versions.count() == 2
    # What one may not know of is taken as new: nothing is revealed.
    assert client.post(path, {"file": text_file("contenuto nascosto")}).status_code == 302
    assert hidden.versions.count() == 1


def test_an_unreadable_new_version_leaves_a_way_back(two: Document, member: User) -> None:
    DocumentVersion.objects.filter(document=two, number=2).update(
        state=VersionState.FAILED, failure_code="encrypted"
    )
    client = client_of(member)
    assert "Ripristina<" in client.get(f"/biblioteca/{two.pk}/versioni/").content.decode()
    assert client.get(f"/biblioteca/{two.pk}/versioni/confronta/").status_code == 200
    client.post(f"/biblioteca/{two.pk}/versioni/1/ripristina/")
    assert Client().get(f"/biblioteca/{two.pk}/pagina/2/").status_code == 200


def test_the_list_costs_the_same(member: User) -> None:
    made = document(uploaded_by_user=member)
    client = client_of(member)
    prices = []
    for rows in (1, 18):
        for number in range(rows):
            client.post(
                f"/biblioteca/{made.pk}/versioni/nuova/", {"file": text_file(f"{rows}-{number}")}
            )
        client.get(f"/biblioteca/{made.pk}/versioni/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/biblioteca/{made.pk}/versioni/")
        prices.append(len(queries))
    assert prices[0] == prices[1]
