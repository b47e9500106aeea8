"""Documents in /gestione/: an editor meets there only what the library lets her read."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Collection, ModelLogEntry

from portal.accounts.models import User
from portal.core.access import MEMBERS, PUBLIC, STAFF, organisation_token, user_token
from portal.library.models import Document, DocumentVersion
from portal.organisations.models import Organisation
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.people import AffiliationFactory

pytestmark = pytest.mark.django_db
LIST = "/gestione/documents/"
AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def secret(treviso: Organisation, member: User) -> Document:
    """A document that only Treviso reads."""
    return document(
        title="Verbale riservato zibaldone",
        name="riservato-zibaldone.txt",
        audience=organisation_token(treviso.pk),
        uploaded_by_user=member,
    )


@pytest.fixture
def shared() -> Document:
    return document(title="Schema aperto zibaldone", audience=PUBLIC)


@pytest.fixture
def insider(redattore: User, treviso: Organisation) -> User:
    """An editor who is also an official of Treviso."""
    AffiliationFactory(user=redattore, organisation=treviso)
    return User.objects.get(pk=redattore.pk)


LISTS = [
    LIST,
    f"{LIST}?q=zibaldone",
    f"{LIST}?ordering=-usage_count",
    f"{LIST}results/?q=zibaldone",
    f"{LIST}chooser/",
    f"{LIST}chooser/?q=zibaldone",
    f"{LIST}chooser/results/",
    f"{LIST}chooser/results/?q=zibaldone",
    "/gestione/api/main/documents/",
    "/gestione/api/main/documents/?search=zibaldone",
]


@pytest.mark.parametrize("path", LISTS)
def test_lists_and_choosers_name_only_what_one_reads(
    path: str, secret: Document, shared: Document, direttore: User, insider: User, admin: User
) -> None:
    for person, sees in ((direttore, False), (insider, True), (admin, True)):
        answer = client_of(person).get(path)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert (shared.title in text) is True
        assert (secret.title in text) is sees
        assert sees or "riservato-zibaldone" not in text


@pytest.mark.parametrize("path", LISTS)
def test_lists_are_closed_to_who_is_no_editor(path: str, secret: Document, member: User) -> None:
    for client in (Client(), client_of(member)):
        answer = client.get(path)
        assert answer.status_code in (302, 403)
        assert secret.title not in answer.content.decode()


def of_one(made: Document) -> list[tuple[str, str, dict[str, str]]]:
    """Return the addresses of one document: method, path, headers."""
    return [
        ("get", f"{LIST}edit/{made.pk}/", {}),
        ("post", f"{LIST}edit/{made.pk}/", {}),
        ("get", f"{LIST}delete/{made.pk}/", {}),
        ("post", f"{LIST}delete/{made.pk}/", {}),
        ("get", f"{LIST}usage/{made.pk}/", {}),
        ("post", f"{LIST}multiple/{made.pk}/", AJAX),
        ("post", f"{LIST}multiple/{made.pk}/delete/", AJAX),
        ("get", f"{LIST}chooser/chosen/{made.pk}/", AJAX),
        ("get", f"/gestione/api/main/documents/{made.pk}/", {}),
    ]


def test_one_document_is_unknown_to_who_may_not_read_it(
    secret: Document, direttore: User, insider: User, member: User
) -> None:
    for method, path, headers in of_one(secret):
        absent = path.replace(str(secret.pk), "987654")
        for number in (path, absent):
            answer = getattr(client_of(direttore), method)(number, **headers)
            assert answer.status_code == 404, (method, number)
            assert secret.title not in answer.content.decode()
        for client in (Client(), client_of(member)):
            assert getattr(client, method)(path, **headers).status_code in (302, 403), path
    secret.refresh_from_db()
    assert secret.trashed_at is None
    client = client_of(insider)
    for method, path, headers in of_one(secret):
        if method == "get":
            answer = client.get(path, **headers)
            assert answer.status_code == 200, path
            assert secret.title in answer.content.decode(), path


def test_choosing_many_gives_only_what_one_reads(
    secret: Document, shared: Document, direttore: User, insider: User
) -> None:
    path = f"{LIST}chooser/chosen-multiple/?id={secret.pk}&id={shared.pk}"
    for person, sees in ((direttore, False), (insider, True)):
        text = client_of(person).get(path, **AJAX).content.decode()
        assert shared.title in text
        assert (secret.title in text) is sees


@pytest.mark.parametrize("action", ["delete", "add_tags", "add_to_collection"])
def test_bulk_actions_neither_touch_nor_name_what_one_may_not_read(
    action: str, secret: Document, shared: Document, direttore: User, member: User
) -> None:
    elsewhere = Collection.get_first_root_node().add_child(name="Altrove")
    path = f"/gestione/bulk/library/document/{action}/?next={LIST}"
    client = client_of(direttore)
    asked = f"{path}&id={secret.pk}&id={shared.pk}"
    page = client.get(asked).content.decode()
    assert shared.title in page
    assert secret.title not in page
    for alone in (f"{path}&id={secret.pk}", f"{path}&id=987654"):
        assert client.get(alone).status_code == 404
        assert client.post(alone).status_code == 404
    every = client.get(f"{path}&id=all&q=zibaldone").content.decode()
    assert (shared.title in every, secret.title in every) == (True, False)
    sent = {"tags": "segnato", "collection": str(elsewhere.pk)}
    assert client.post(asked, sent).status_code == 302
    before = (secret.collection_id, secret.trashed_at)
    secret.refresh_from_db()
    assert (secret.collection_id, secret.trashed_at) == before
    assert not secret.tags.exists()
    shared.refresh_from_db()
    changed = {
        "delete": shared.trashed_at is not None,
        "add_tags": shared.tags.filter(name="segnato").exists(),
        "add_to_collection": shared.collection_id == elsewhere.pk,
    }
    assert changed[action]
    for outside in (Client(), client_of(member)):
        assert outside.post(asked, sent).status_code in (302, 403)
    secret.refresh_from_db()
    assert secret.trashed_at is None


def test_the_price_of_the_list_does_not_grow(direttore: User) -> None:
    client = client_of(direttore)
    for path in (f"{LIST}results/", f"{LIST}chooser/results/"):
        prices = []
        for rows in (2, 8):
            for _ in range(rows):
                document()
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            prices.append(len(queries))
        assert prices[0] == prices[1], path


def test_the_row_and_the_list_agree_on_who_reads(
    member: User,
    outsider: User,
    waiting: User,
    redattore: User,
    insider: User,
    admin: User,
    treviso: Organisation,
) -> None:
    audiences = [
        PUBLIC, MEMBERS, STAFF, organisation_token(treviso.pk), user_token(outsider.pk), "space:999"
    ]  # fmt: skip
    made = [
        document(audience=audience, proposed_audience=proposed, uploaded_by_user=owner, **when)
        for audience, proposed, owner, when in product(
            audiences, ("", PUBLIC), (None, member), ({}, {"trashed_at": timezone.now()})
        )
    ]
    people: list[Any] = [member, outsider, waiting, redattore, insider, admin, AnonymousUser()]
    verdicts = set()
    for person in people:
        listed = set(Document.objects.visible_to(person).values_list("pk", flat=True))
        for row in made:
            assert row.is_visible_to(person) is (row.pk in listed), (person, row.audience)
            verdicts.add(row.pk in listed)
    assert verdicts == {True, False}


def test_links_to_the_form_are_for_who_may_read(
    secret: Document, direttore: User, insider: User
) -> None:
    assert AdminURLFinder(direttore).get_edit_url(secret) is None
    assert AdminURLFinder(insider).get_edit_url(secret) == f"{LIST}edit/{secret.pk}/"
    assert secret.is_editable_by_user(insider)
    assert not secret.is_editable_by_user(direttore)


def thrown(made: Document) -> bool:
    """Tell whether a document is in the trash with its file in place."""
    made.refresh_from_db()
    version = DocumentVersion.objects.get(document=made)
    return made.trashed_at is not None and version.file.storage.exists(version.file.name)


def test_deleting_goes_to_the_trash_and_comes_back(shared: Document, redattore: User) -> None:
    client = client_of(redattore)
    asked = f"{LIST}delete/{shared.pk}/"
    page = client.get(asked).content.decode()
    assert "per 30 giorni si può ripristinare" in page
    assert "Metti nel cestino" in page
    answer = client.post(asked, {"next": f"{LIST}?p=1"})
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?p=1")
    assert thrown(shared)
    assert shared.trashed_by == redattore
    page = client.get(LIST).content.decode()
    assert "è nel cestino" in page
    assert 'href="/biblioteca/cestino/"' in page
    assert f"{LIST}edit/{shared.pk}/" not in page
    assert client.get(f"{LIST}edit/{shared.pk}/").status_code == 404
    assert client.post(asked).status_code == 404
    entry = ModelLogEntry.objects.for_instance(shared).get(action="library.throw_away")
    assert (entry.user, entry.message) == (redattore, "Messo nel cestino")
    assert shared.title in client.get("/biblioteca/cestino/").content.decode()
    client.post(f"/biblioteca/cestino/{shared.pk}/ripristina/")
    assert client.get(f"{LIST}edit/{shared.pk}/").status_code == 200


def test_bulk_deletion_goes_to_the_trash(redattore: User, admin: User) -> None:
    for person in (redattore, admin):
        made = [document(), document()]
        chosen = "&".join(f"id={row.pk}" for row in made)
        path = f"/gestione/bulk/library/document/delete/?{chosen}&next={LIST}"
        client = client_of(person)
        page = client.get(path).content.decode()
        assert "per 30 giorni si possono ripristinare" in page
        assert client.post(path)["Location"] == LIST
        assert all(thrown(row) for row in made)
        assert "2 documenti sono nel cestino" in client.get(LIST).content.decode()
        assert ModelLogEntry.objects.filter(action="library.throw_away", user=person).count() == 2


def test_what_was_just_uploaded_goes_to_the_trash(
    redattore: User, direttore: User, admin: User
) -> None:
    for person in (redattore, admin):
        made = document(uploaded_by_user=person)
        answer = client_of(person).post(f"{LIST}multiple/{made.pk}/delete/", **AJAX)
        assert answer.json() == {"success": True, "doc_id": made.pk}
        assert thrown(made)
