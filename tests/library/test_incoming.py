"""Many files at once: in chunks or in one form, confirmed, published, each exactly once."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import OrmQ

from portal.accounts.models import User
from portal.core.access import PUBLIC, organisation_token
from portal.library.models import Document, IncomingFile, IncomingState
from portal.library.services import incoming
from portal.organisations.models import Network, Organisation
from tests.conftest import client_of
from tests.factories.library import document

pytestmark = pytest.mark.django_db
ROOT = "/biblioteca/carica/piu-file/"
LETTER = (
    "Provincia di Brescia\nProt. n. 55/2021 del 3 maggio 2021\n"
    "Oggetto: Verbale della cabina di regia\n" + "Testo della lettera. " * 400
).encode()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "uploads"


def announce(client: Client, data: bytes, name: str = "lettera.txt", modified: int = 7) -> Any:
    return client.post(
        ROOT + "annuncia/",
        {"name": name, "size": len(data), "modified": modified},
        content_type="application/json",
    )


def send(client: Client, pk: int, data: bytes, start: int, checksum: str | None = None) -> Any:
    return client.post(
        f"{ROOT}{pk}/parte/?da={start}",
        data,
        content_type="application/octet-stream",
        headers={"X-Checksum": checksum or hashlib.sha256(data).hexdigest()},
    )


def bring(client: Client, data: bytes = LETTER, name: str = "lettera.txt") -> IncomingFile:
    """Send a file in one chunk."""
    pk = announce(client, data, name).json()["id"]
    assert send(client, pk, data, 0).status_code == 200
    return IncomingFile.objects.get(pk=pk)


def typed(item: IncomingFile, **changes: str) -> dict[str, str]:
    """Return the confirmation of one file as its form proposes it."""
    prefix = f"file-{item.pk}-"
    values = {"publish": "on", "title": "Verbale confermato", "kind": "verbale", **changes}
    return {prefix + name: value for name, value in values.items() if value}


def own_body(person: User) -> str:
    return organisation_token(person.affiliations.get().organisation_id)


def test_an_interrupted_file_goes_on_where_it_stopped(
    member: User, django_capture_on_commit_callbacks: Any
) -> None:
    pk = announce(client_of(member), LETTER).json()["id"]
    assert send(client_of(member), pk, LETTER[:1000], 0).json()["received"] == 1000
    # The browser was closed: the page offers it, choosing it again goes on.
    client = client_of(member)
    assert "lettera.txt" in client.get(ROOT).content.decode()
    again = announce(client, LETTER).json()
    assert (again["id"], again["received"]) == (pk, 1000)
    state = client.get(f"{ROOT}{pk}/").json()
    assert state["sha256"] == hashlib.sha256(LETTER[:1000]).hexdigest()
    with django_capture_on_commit_callbacks(execute=True):
        last = send(client, pk, LETTER[1000:], 1000).json()
    assert last["state"] == "reading"
    task = OrmQ.objects.get().task
    assert (task["func"], task["args"]) == ("portal.library.services.incoming.read_item", (pk,))
    assert incoming.read_item(pk) == IncomingState.READY
    item = IncomingFile.objects.get(pk=pk)
    assert item.state == IncomingState.READY
    assert item.path.read_bytes() == LETTER
    assert item.proposal == {
        "title": "Verbale della cabina di regia",
        "kind": "verbale",
        "year": 2021,
        "province": "BS",
        "protocol_number": "55/2021",
        "protocol_date": "2021-05-03",
    }


def test_a_chunk_twice_or_out_of_place_changes_nothing(member: User) -> None:
    client = client_of(member)
    pk = announce(client, LETTER).json()["id"]
    send(client, pk, LETTER[:500], 0)
    repeated = send(client, pk, LETTER[:500], 0)
    assert (repeated.status_code, repeated.json()["received"]) == (409, 500)
    assert send(client, pk, LETTER[900:], 900).status_code == 409
    damaged = send(client, pk, LETTER[500:600], 500, checksum="0" * 64)
    assert damaged.status_code == 422
    assert "danneggiata" in damaged.json()["error"]
    assert send(client, pk, LETTER[500:] + b"di troppo", 500).status_code == 422
    item = IncomingFile.objects.get(pk=pk)
    assert item.received == 500
    # Bytes that were written but not counted, as after a crash, are overwritten.
    with item.path.open("ab") as file:
        file.write(b"resti di una scrittura interrotta")
    assert send(client, pk, LETTER[500:], 500).status_code == 200
    assert item.path.read_bytes() == LETTER
    assert send(client, pk, b"", len(LETTER)).status_code == 409


def test_another_file_of_the_same_name_starts_again(member: User) -> None:
    client = client_of(member)
    pk = announce(client, LETTER).json()["id"]
    send(client, pk, LETTER[:500], 0)
    assert announce(client, LETTER, modified=8).json()["id"] != pk
    assert client.post(f"{ROOT}{pk}/daccapo/").json()["received"] == 0
    other = b"X" * len(LETTER)
    assert send(client, pk, other, 0).json()["state"] == "reading"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("vuoto.pdf", b"", "vuoto"),
        ("x.exe", b"MZ\x90\x00" + b"\x00" * 300, "accettati"),
        ("x.zip", b"PK\x03\x04" + b"\x00" * 300, "danneggiato"),
        ("grande.txt", b"a" * 5000, "il massimo è"),
    ],
)
def test_refusals_have_a_reason(
    name: str, data: bytes, sentence: str, member: User, settings: Any
) -> None:
    settings.LIBRARY_MAX_FILE_SIZE = 4000
    client = client_of(member)
    answer = announce(client, data, name)
    if answer.status_code == 200:
        answer = send(client, answer.json()["id"], data, 0)
        assert answer.json()["state"] == "refused"
    assert sentence in answer.json()["error"]
    plain = client.post(ROOT, {"files": [SimpleUploadedFile(name, data)]})
    assert plain.status_code == 422
    assert name in plain.content.decode()
    assert sentence in plain.content.decode()
    assert not IncomingFile.objects.filter(state__in=incoming.CONFIRMABLE).exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        '{"name": "x"}',
        '{"name": "x", "size": "molti", "modified": 0}',
        '{"name": "x", "size": 1e999, "modified": 0}',
        '{"name": "x", "size": 99999999999999999999, "modified": 0}',
        '{"name": "x", "size": 5, "modified": 99999999999999999999}',
        "x" * 6_000_000,
    ],
    ids=range(9),
)
def test_nonsense_is_refused(member: User, body: str) -> None:
    client = client_of(member)
    answer = client.post(ROOT + "annuncia/", body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert not IncomingFile.objects.exists()


def test_odd_names_and_places(member: User, folder: Path) -> None:
    client = client_of(member)
    for name in ("../../etc/passwd", "C:\\a\\b.txt", "a\x00b.txt", "", "x" * 3000, "🏛.txt"):
        pk = announce(client, LETTER, name).json()["id"]
        send(client, pk, LETTER[:9], 0)
    assert {path.suffix for path in folder.iterdir()} == {".part"}
    assert IncomingFile.objects.filter(filename="passwd").exists()
    for start in ("-1", "x", "9" * 30, ""):
        answer = client.post(
            f"{ROOT}{pk}/parte/?da={start}", b"x", content_type="application/octet-stream"
        )
        assert answer.status_code == 400
    big = send(client, pk, b"x" * 6_000_000, 9)
    assert big.status_code == 413


def test_there_is_a_limit(member: User, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(incoming, "MAX_FILES", 2)
    client = client_of(member)
    for number in range(2):
        assert announce(client, LETTER, f"{number}.txt").status_code == 200
    assert "al massimo 2" in announce(client, LETTER, "3.txt").json()["error"]
    monkeypatch.setattr(incoming, "MAX_FILES", 50)
    settings.LIBRARY_MAX_FILE_SIZE = len(LETTER)
    monkeypatch.setattr(incoming, "MAX_WAITING", 2)
    assert "troppi" in announce(client, LETTER, "3.txt").json()["error"]


def test_duplicates_are_named_only_to_whom_may_know(
    member: User, outsider: User, django_capture_on_commit_callbacks: Any
) -> None:
    known = document(title="Già pubblico", content=b"contenuto pubblico")
    document(title="Altrui", audience=own_body(outsider), content=b"contenuto altrui")
    client = client_of(member)
    with django_capture_on_commit_callbacks(execute=True):
        item = bring(client, b"contenuto pubblico", "a.txt")
    assert (item.state, item.existing) == (IncomingState.REFUSED, known)
    assert not item.path.exists()
    assert bring(client, b"contenuto altrui", "b.txt").state == IncomingState.READING
    twin = bring(client, b"contenuto altrui", "c.txt")
    assert "già tra quelli da confermare" in twin.error


def test_verdicts(member: User, outsider: User, waiting: User, redattore: User) -> None:
    item = bring(client_of(member))
    for tail, method in [
        ("", "get"),
        ("parte/?da=0", "post"),
        ("daccapo/", "post"),
        ("togli/", "post"),
    ]:
        path = f"{ROOT}{item.pk}/{tail}"
        for person in (outsider, waiting, redattore):
            assert getattr(client_of(person), method)(path).status_code == 404, tail
        assert "/account/login/" in getattr(Client(), method)(path)["Location"]
    for path in (ROOT, ROOT + "rivedi/"):
        assert client_of(waiting).get(path).status_code == 403
        assert client_of(redattore).get(path).status_code in (200, 302)
        assert item.filename not in client_of(outsider).get(path, follow=True).content.decode()
    assert announce(client_of(waiting), LETTER).status_code == 403
    assert "/account/login/" in announce(Client(), LETTER)["Location"]


def test_confirmed_and_published_once(
    member: User, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    client = client_of(member)
    one, two = bring(client), bring(client, LETTER + b"altro", "seconda.txt")
    for item in (one, two):
        incoming.read_item(item.pk)
    page = client.get(ROOT + "rivedi/").content.decode()
    assert 'value="Verbale della cabina di regia"' in page
    assert 'value="Brescia"' in page
    assert 'value="55/2021"' in page
    sua = Network.objects.get(slug="sua")
    form = {
        "tutti-audience": own_body(member),
        "tutti-kind": "procedura",
        "tutti-year": "2020",
        "tutti-networks": [str(sua.pk)],
        **typed(one, year="2021", province="provincia di brescia", protocol_number="55/2021"),
        **typed(two, kind="", title="La seconda", audience="propose:public"),
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(ROOT + "rivedi/", form)["Location"] == "/biblioteca/miei/"
    assert list(folder.iterdir()) == []
    assert Document.objects.count() == 2
    first = Document.objects.get(title="Verbale confermato")
    assert (first.kind, first.year, first.audience) == ("verbale", 2021, own_body(member))
    assert first.organisation == Organisation.objects.get(kind="province", sigla="BS")
    assert [network.slug for network in first.networks.all()] == ["sua"]
    assert first.uploaded_by_user == member
    assert first.current_version is not None
    assert first.current_version.sha256 == hashlib.sha256(LETTER).hexdigest()
    second = Document.objects.get(title="La seconda")
    assert (second.kind, second.year) == ("procedura", 2020)
    assert (second.audience, second.proposed_audience) == (own_body(member), PUBLIC)
    # A second click finds nothing left.
    assert client.post(ROOT + "rivedi/", form)["Location"] == ROOT
    assert Document.objects.count() == 2
    assert incoming.publish(member, one, {"audience": PUBLIC}) is None


def test_a_mistake_publishes_nothing_and_keeps_what_was_typed(member: User) -> None:
    client = client_of(member)
    one, two = bring(client), bring(client, LETTER + b"altro", "seconda.txt")
    common = {"tutti-audience": own_body(member)}
    for wrong, sentence in [
        ({"title": ""}, "obbligatorio"),
        ({"year": "1200"}, ""),
        ({"year": "abc"}, ""),
        ({"kind": "inesistente"}, ""),
        ({"province": "Atlantide"}, "Nessuna Provincia"),
        ({"protocol_date": "ieri"}, ""),
        ({"audience": "organisation:999999"}, ""),
        ({"networks": "999999"}, ""),
        ({"title": "a\x00b"}, ""),
    ]:
        form = {**common, **typed(one, description="Resta scritto"), **typed(two, **wrong)}
        answer = client.post(ROOT + "rivedi/", form)
        text = answer.content.decode()
        assert answer.status_code == 422, wrong
        assert "Resta scritto" in text
        assert "field__error" in text
        assert sentence in text
    for audience in ("", "public", "user:1", "propose:x"):
        form = {"tutti-audience": audience, **typed(one), **typed(two)}
        assert client.post(ROOT + "rivedi/", form).status_code == 422
    assert not Document.objects.exists()
    # What is not chosen is not asked to be right, and waits.
    form = {**common, **typed(one), **typed(two, publish="", title="", year="abc")}
    assert client.post(ROOT + "rivedi/", form)["Location"] == ROOT + "rivedi/"
    assert Document.objects.count() == 1
    assert IncomingFile.objects.get(pk=two.pk).state == IncomingState.READING


def test_published_meanwhile_by_another_way(
    member: User, django_capture_on_commit_callbacks: Any
) -> None:
    client = client_of(member)
    item = bring(client)
    document(title="Arrivato prima", content=LETTER)
    form = {"tutti-audience": own_body(member), **typed(item)}
    answer = client.post(ROOT + "rivedi/", form)
    assert answer.status_code == 422
    assert "Arrivato prima" in answer.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{ROOT}{item.pk}/togli/")
    assert not item.path.exists()
    assert not IncomingFile.objects.exists()


def test_without_javascript(member: User) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", LETTER + b"%d" % n) for n in range(3)]
    client = client_of(member)
    assert client.post(ROOT, {"files": files})["Location"] == ROOT + "rivedi/"
    assert IncomingFile.objects.filter(state=IncomingState.READING).count() == 3
    waiting = client.get(ROOT + "rivedi/").content.decode()
    assert "Leggiamo le prime pagine dei file: 0 di 3" in waiting
    assert "Titolo" not in waiting
    assert "Titolo" in client.get(ROOT + "rivedi/?subito").content.decode()
    fragment = client.get(ROOT + "lettura/")
    assert 'hx-trigger="every 2s"' in fragment.content.decode()
    for item in IncomingFile.objects.all():
        incoming.read_item(item.pk)
    assert client.get(ROOT + "lettura/")["HX-Refresh"] == "true"
    assert client.post(ROOT).status_code == 422
    assert "Scelga almeno un file" in client.post(ROOT).content.decode()


def test_a_file_nobody_can_read_is_proposed_by_its_name(member: User) -> None:
    item = bring(client_of(member), b"%PDF-1.4 rotto", "Piano_triennale 2019.pdf")
    assert incoming.read_item(item.pk) == IncomingState.READY
    item.refresh_from_db()
    assert (item.proposal["title"], item.proposal["year"]) == ("Piano triennale 2019", 2019)
    item.path.unlink()
    IncomingFile.objects.update(state=IncomingState.READING)
    assert incoming.read_item(item.pk) == IncomingState.READY
    assert incoming.read_item(item.pk) == "not waiting"


def test_what_the_disk_lost_is_sent_again(member: User) -> None:
    client = client_of(member)
    pk, half = announce(client, LETTER).json()["id"], len(LETTER) // 2
    assert send(client, pk, LETTER[:half], 0).status_code == 200
    IncomingFile.objects.get(pk=pk).path.unlink()
    assert client.get(f"{ROOT}{pk}/").json()["sha256"] == hashlib.sha256().hexdigest()
    assert send(client, pk, LETTER[half:], half).json() == {"received": 0}
    assert send(client, pk, LETTER, 0).json()["state"] == IncomingState.READING
    assert IncomingFile.objects.get(pk=pk).path.read_bytes() == LETTER


def test_what_is_abandoned_goes(member: User, folder: Path) -> None:
    client = client_of(member)
    old, young = bring(client), bring(client, LETTER + b"altro", "seconda.txt")
    (folder / "999999.part").write_bytes(b"resto")
    IncomingFile.objects.filter(pk=old.pk).update(
        touched_at=timezone.now() - timedelta(days=7, minutes=1)
    )
    assert incoming.clean_incoming() == 1
    assert list(folder.iterdir()) == [young.path]


def test_the_confirmation_costs_the_same(member: User) -> None:
    client = client_of(member)
    prices = []
    for rows in (2, 18):
        for number in range(rows):
            bring(client, LETTER + b"%d-%d" % (rows, number), f"{rows}-{number}.txt")
        IncomingFile.objects.update(state=IncomingState.READY)
        client.get(ROOT + "rivedi/")
        with CaptureQueriesContext(connection) as queries:
            client.get(ROOT + "rivedi/")
        prices.append(len(queries))
    assert prices[0] == prices[1]
