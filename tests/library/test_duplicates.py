"""Texts that are nearly the same are named, only to whom may know of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.core.access import PUBLIC, organisation_token
from portal.library.extraction import ExtractedPage, ExtractionResult
from portal.library.importing import ImportRow, import_file
from portal.library.models import Document, DocumentVersion, SetAside, SketchBand, TextSketch
from portal.library.selectors import near_duplicates
from portal.library.services.duplicates import set_aside, take_up
from portal.library.services.readings import keep
from portal.library.services.sketches import sketch_unsketched
from portal.library.similarity import EMPTY, bands_of, likeness, sketch_of
from portal.organisations.models import Organisation
from tests.conftest import client_of
from tests.factories.library import document

WORDS = [f"parola{number}" for number in range(900)]


def text(seed: int, words: int = 600) -> list[str]:
    """Return the words of a text, always the same for a seed."""
    return random.Random(seed).choices(WORDS, k=words)


def edited(words: list[str], every: int) -> list[str]:
    """Return a text with one word changed every so many."""
    return ["corretta" if number % every == 0 else word for number, word in enumerate(words)]


def shingles(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + 5]) for start in range(len(words) - 4)}


@pytest.mark.parametrize("every", [400, 100, 40, 15, 6])
def test_the_estimate_is_near_the_truth(every: int) -> None:
    for seed in range(5):
        one = text(seed, 1200)
        other = edited(one, every)
        a, b = shingles(one), shingles(other)
        true = len(a & b) / len(a | b)
        estimate = likeness(sketch_of([" ".join(one)]), sketch_of([" ".join(other)]))
        assert abs(estimate - true) < 0.15


def test_candidates_share_bands_and_strangers_do_not() -> None:
    near = strange = 0
    for seed in range(40):
        one = set(bands_of(sketch_of([" ".join(text(seed))])))
        near += bool(one & set(bands_of(sketch_of([" ".join(edited(text(seed), 25))]))))
        strange += bool(one & set(bands_of(sketch_of([" ".join(text(seed + 1000))]))))
    assert (near, strange) == (40, 0)


def test_layout_accents_and_capitals_do_not_count() -> None:
    words = text(1)
    plain = sketch_of([" ".join(words)])
    assert sketch_of(["\n".join(words[:300]).upper(), "  ".join(words[300:])]) == plain
    accented = " ".join(words).replace("a", "à")
    assert sketch_of([accented]) == plain


def test_short_texts_have_no_sketch() -> None:
    assert sketch_of([]) == b""
    assert sketch_of(["Una riga sola, un modulo vuoto."]) == b""
    assert bands_of(b"") == []
    short = sketch_of([" ".join(text(3, 60))])
    assert EMPTY.to_bytes(8, "little") not in [short[at : at + 8] for at in range(0, 1024, 8)]


def read(made: Document, words: list[str]) -> Document:
    """Give a document the text that the worker would have read."""
    version = made.current_version
    assert version is not None
    keep(version, ExtractionResult([ExtractedPage(1, "p. 1", " ".join(words))]))
    return Document.objects.get(pk=made.pk)


@pytest.mark.django_db
def test_named_only_to_whom_may_see(
    member: User, outsider: User, redattore: User, treviso: Organisation, brescia: Organisation
) -> None:
    words = text(7)
    public = read(document(title="Originale pubblico"), words)
    hidden = read(
        document(title="Originale altrui", audience=organisation_token(brescia.pk)), words
    )
    trashed = read(document(title="Nel cestino", uploaded_by_user=member), words)
    Document.objects.filter(pk=trashed.pk).update(trashed_at="2026-01-01T00:00:00Z")
    new = read(
        document(title="Nuovo", audience=organisation_token(treviso.pk), uploaded_by_user=member),
        edited(words, 100),
    )
    page = client_of(member).get(f"/biblioteca/{new.pk}/").content.decode()
    assert "Forse è già in biblioteca" in page
    assert public.get_absolute_url() in page
    assert hidden.title not in page
    assert f'href="{hidden.get_absolute_url()}"' not in page
    assert trashed.title not in page
    fragment = client_of(member).get(f"/biblioteca/{new.pk}/stato/").content.decode()
    assert public.title in fragment
    assert hidden.title not in fragment
    [near] = near_duplicates(member, new)
    assert near.document == public
    assert 80 <= near.percent < 100
    # Who only reads is not asked to tidy up.
    assert "Forse è già" not in Client().get(public.get_absolute_url()).content.decode()
    assert near_duplicates(outsider, public)[0].document == hidden


@pytest.mark.django_db
def test_only_the_current_text_counts(member: User) -> None:
    one = read(document(uploaded_by_user=member), text(1))
    two = read(document(uploaded_by_user=member), text(1))
    assert [near.document for near in near_duplicates(member, one)] == [two]
    assert near_duplicates(member, one)[0].percent == 100
    read(two, text(2))
    assert near_duplicates(member, Document.objects.get(pk=one.pk)) == []
    assert SketchBand.objects.filter(version=two.current_version).count() == 32


@pytest.mark.django_db
def test_the_same_price_for_any_number(member: User) -> None:
    one = read(document(uploaded_by_user=member), text(1))
    prices = []
    for rows in (2, 18):
        for number in range(rows):
            read(document(), edited(text(1), 90 + number))
        near_duplicates(member, one)
        with CaptureQueriesContext(connection) as queries:
            assert len(near_duplicates(member, one)) == min(rows, 3)
        prices.append(len(queries))
    assert prices[0] == prices[1] <= 2


@pytest.mark.django_db
def test_what_was_read_before_is_sketched_later() -> None:
    made = document(" ".join(text(4)))
    document("Breve")
    assert not TextSketch.objects.exists()
    assert sketch_unsketched() == 2
    assert sketch_unsketched() == 0
    sketch = TextSketch.objects.get(version=made.current_version)
    assert len(bytes(sketch.values)) == 1024


@pytest.mark.django_db
def test_a_file_in_the_trash_can_be_brought_again(tmp_path: Path) -> None:
    file = tmp_path / "atto.txt"
    file.write_text("Il testo di un atto.", encoding="utf-8")
    import_file(file, ImportRow({}, PUBLIC))
    assert "già in biblioteca" in import_file(file, ImportRow({}, PUBLIC)).text
    Document.objects.update(trashed_at="2026-01-01T00:00:00Z")
    assert import_file(file, ImportRow({}, PUBLIC)).version_id is not None
    assert DocumentVersion.objects.count() == 2


@pytest.fixture
def pair(member: User, treviso: Organisation) -> tuple[Document, Document]:
    """A document of a member of Treviso, and a public one with the same text."""
    original = read(document(title="Originale"), text(7))
    own = document(title="Nuovo", audience=organisation_token(treviso.pk), uploaded_by_user=member)
    return read(own, text(7)), original


WARNING = "Forse è già in biblioteca"
ASIDE = "non più segnalati (1)"


@pytest.mark.django_db
def test_a_pair_is_set_aside_and_taken_up_again(
    member: User, pair: tuple[Document, Document]
) -> None:
    new, original = pair
    client = client_of(member)
    path, sheet = f"/biblioteca/{new.pk}/quasi-uguali/", new.get_absolute_url()
    assert WARNING in client.get(sheet).content.decode()
    answer = client.post(path, {"other": original.pk})
    assert answer["Location"] == sheet
    client.post(path, {"other": original.pk})
    assert SetAside.objects.get().by == member
    for tail in ("", "stato/"):
        page = client.get(sheet + tail).content.decode()
        assert WARNING not in page
        assert ASIDE in page
        assert original.title in page
    client.post(path, {"other": original.pk, "again": "1"})
    client.post(path, {"other": original.pk, "again": "1"})
    assert not SetAside.objects.exists()
    page = client.get(sheet).content.decode()
    assert WARNING in page
    assert ASIDE not in page


@pytest.mark.django_db
def test_a_pair_set_aside_leaves_the_others(
    member: User, redattore: User, pair: tuple[Document, Document]
) -> None:
    new, original = pair
    third = read(document(title="Terzo"), text(7))
    client_of(member).post(f"/biblioteca/{new.pk}/quasi-uguali/", {"other": original.pk})
    assert [near.document for near in near_duplicates(member, new)] == [third]
    # The other document has its own carers, who decide for it.
    assert {near.document for near in near_duplicates(redattore, original)} == {third}
    assert {near.document for near in near_duplicates(member, original)} == {third, new}


@pytest.mark.django_db
def test_who_sets_a_pair_aside(
    member: User, outsider: User, waiting: User, redattore: User, admin: User, brescia: Organisation
) -> None:
    shared = read(document(uploaded_by_user=member), text(7))
    other = read(document(), text(7))
    hidden = read(document(audience=organisation_token(brescia.pk)), text(7))
    path = f"/biblioteca/{shared.pk}/quasi-uguali/"
    for again in ("", "1"):
        sent = {"other": other.pk, "again": again}
        assert "/account/login/" in Client().post(path, sent)["Location"]
        for person in (outsider, waiting):
            assert client_of(person).post(path, sent).status_code == 403
        assert client_of(member).get(path).status_code == 405
    assert not SetAside.objects.exists()
    for person in (member, redattore):
        assert client_of(person).post(path, {"other": hidden.pk}).status_code == 404
        assert client_of(person).post(path, {"other": 987654}).status_code == 404
    for wrong in ("", "x", "-1", "9" * 400, str(shared.pk)):
        assert client_of(member).post(path, {"other": wrong}).status_code == 302
    assert not SetAside.objects.exists()
    for person in (redattore, admin):
        client_of(person).post(path, {"other": other.pk})
        assert SetAside.objects.get().by == person
        client_of(person).post(path, {"other": other.pk, "again": "1"})
    # What was set aside and hidden later is not named.
    client_of(member).post(path, {"other": other.pk})
    Document.objects.filter(pk=other.pk).update(
        audience=organisation_token(brescia.pk), title="Ora riservato"
    )
    assert "Ora riservato" not in client_of(member).get(shared.get_absolute_url()).content.decode()
    with pytest.raises(PermissionDenied):
        set_aside(outsider, shared, hidden)
    with pytest.raises(PermissionDenied):
        take_up(outsider, shared, other)
