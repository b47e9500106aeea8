"""The letters of saved searches: once for each thing, with today's rights, stopped at one click."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.core.access import MEMBERS, PUBLIC, STAFF, organisation_token
from portal.library.models import Document
from portal.organisations.models import Affiliation, AffiliationState, Organisation
from search.engines.base import Engine, EngineError
from search.indexing import drain
from search.models import Frequency, SavedSearch, ToldResult
from search.services import alerts
from search.services import saved as service
from search.tasks import send_alerts
from tests.conftest import run_queued
from tests.factories.library import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved(index: Engine, member: User) -> SavedSearch:
    document("idrografia", title="Già trovato")
    drain()
    parameters = service.parameters_of("q=idrografia")
    return service.save_search(member, parameters, "Acque", Frequency.IMMEDIATE)


@pytest.fixture
def letters(django_capture_on_commit_callbacks: Any) -> Any:
    """Return a function that does what the worker does and gives the new letters."""

    def send() -> list[Any]:
        mail.outbox.clear()
        drain()
        with django_capture_on_commit_callbacks() as queued:
            send_alerts()
        from django_q.models import OrmQ

        OrmQ.objects.all().delete()
        run_queued(queued)
        return list(mail.outbox)

    return send


def test_only_what_is_new_and_only_once(saved: SavedSearch, member: User, letters: Any) -> None:
    assert letters() == []
    document("nuova idrografia", title="Nuovo")
    document("altro", title="Non risponde")
    (letter,) = letters()
    assert letter.to == [member.email]
    assert letter.subject == "1 novità per «Acque»"
    assert "Nuovo" in letter.body
    assert "Già trovato" not in letter.body
    assert "Non risponde" not in letter.body
    assert letters() == []
    Document.objects.get(title="Nuovo").save()
    assert letters() == []


def test_several_in_one_letter(saved: SavedSearch, letters: Any) -> None:
    for number in range(25):
        document("idrografia", title=f"Numero {number:02}")
    (letter,) = letters()
    assert letter.subject.startswith("25 novità")
    assert letter.body.count("Numero ") == 20
    assert "E altri 5." in letter.body


def test_the_filters_are_kept(index: Engine, member: User, letters: Any) -> None:
    parameters = service.parameters_of("q=idrografia&anno=2022")
    service.save_search(member, parameters, "Del 2022", Frequency.IMMEDIATE)
    document("idrografia", title="Di un altro anno", year=2021)
    document("idrografia", title="Dell'anno", year=2022)
    (letter,) = letters()
    assert "Dell'anno" in letter.body
    assert "Di un altro anno" not in letter.body
    assert "anno=2022" in letter.body


def test_what_lacks_a_word_is_not_told(index: Engine, member: User, letters: Any) -> None:
    parameters = service.parameters_of("q=idrografia+astronave")
    service.save_search(member, parameters, "Tutte le parole", Frequency.IMMEDIATE)
    document("idrografia")
    assert letters() == []
    document("idrografia con astronave", title="Tutto")
    assert len(letters()) == 1


def test_what_is_for_others_is_not_told(
    saved: SavedSearch, brescia: Organisation, letters: Any
) -> None:
    document("idrografia", title="Di redazione", audience=STAFF)
    document("idrografia", title="Di Brescia", audience=organisation_token(brescia.pk))
    assert letters() == []


def test_a_document_that_opens_later_is_told_then(saved: SavedSearch, letters: Any) -> None:
    made = document("idrografia", title="Riservato", audience=STAFF)
    assert letters() == []
    made.audience = MEMBERS
    made.save()
    (letter,) = letters()
    assert "Riservato" in letter.body
    assert letters() == []


def test_the_rights_are_those_of_the_moment(saved: SavedSearch, member: User, letters: Any) -> None:
    made = document("idrografia", title="Per i membri", audience=MEMBERS)
    Affiliation.objects.filter(user=member).update(state=AffiliationState.ENDED)
    assert letters() == []
    document("idrografia", title="Per tutti", audience=PUBLIC)
    (letter,) = letters()
    assert "Per i membri" not in letter.body
    Affiliation.objects.filter(user=member).update(state=AffiliationState.ACTIVE)
    (letter,) = letters()
    assert "Per i membri" in letter.body
    assert ToldResult.objects.filter(object_id=f"document:{made.pk}").count() == 1


def test_who_left_hears_nothing(saved: SavedSearch, member: User, letters: Any) -> None:
    member.is_active = False
    member.save()
    document("idrografia", title="Nuovo")
    assert letters() == []


def test_a_paused_or_deleted_search_is_silent(saved: SavedSearch, letters: Any) -> None:
    service.set_paused(saved, True)
    document("idrografia", title="Durante la sospensione")
    assert letters() == []
    service.set_paused(saved, False)
    assert len(letters()) == 1
    service.delete(saved)
    document("idrografia", title="Dopo")
    assert letters() == []


def test_daily_and_weekly_wait_for_their_hour(index: Engine, member: User, letters: Any) -> None:
    parameters = service.parameters_of("q=idrografia")
    saved = service.save_search(member, parameters, "Ogni giorno", Frequency.DAILY)
    document("idrografia", title="Uno")
    document("idrografia", title="Due")
    assert letters() == []
    SavedSearch.objects.update(next_at=timezone.now() - dt.timedelta(minutes=1))
    (letter,) = letters()
    assert letter.subject.startswith("2 novità")
    saved.refresh_from_db()
    assert saved.next_at > timezone.now()
    assert saved.told_at is not None
    document("idrografia", title="Tre")
    assert letters() == []


def test_a_result_is_told_once_by_the_table(saved: SavedSearch) -> None:
    ToldResult.objects.create(saved=saved, object_id="document:1000")
    with pytest.raises(IntegrityError), transaction.atomic():
        ToldResult.objects.create(saved=saved, object_id="document:1000")


def test_of_two_workers_one_tells(saved: SavedSearch, letters: Any, monkeypatch: Any) -> None:
    document("idrografia", title="Nuovo")
    drain()
    stale = SavedSearch.objects.get(pk=saved.pk)
    assert alerts.tell(SavedSearch.objects.get(pk=saved.pk)) is True
    assert alerts.tell(stale) is False


def test_the_engine_that_does_not_answer_delays_and_loses_nothing(
    saved: SavedSearch, letters: Any, monkeypatch: Any
) -> None:
    document("idrografia", title="Nuovo")

    def refuse(*args: Any) -> list[str]:
        raise EngineError("down")

    with monkeypatch.context() as broken:
        broken.setattr(alerts, "matching_ids", refuse)
        assert letters() == []
    assert len(letters()) == 1


def test_one_that_breaks_keeps_no_other_from_being_told(
    saved: SavedSearch, member: User, letters: Any, monkeypatch: Any
) -> None:
    good = service.parameters_of("q=idrologia")
    other = service.save_search(member, good, "Altre acque", Frequency.IMMEDIATE)
    document("idrografia e idrologia", title="Nuovo")
    look = alerts.tell

    def tell(one: SavedSearch) -> bool:
        if one.pk == saved.pk:
            raise RuntimeError
        return look(one)

    assert saved.next_at < other.next_at
    monkeypatch.setattr(alerts, "tell", tell)
    (letter,) = letters()
    assert "Altre acque" in letter.subject
    assert letters() == []
    monkeypatch.undo()
    SavedSearch.objects.update(next_at=timezone.now())
    (letter,) = letters()
    assert "«Acque»" in letter.subject


def test_one_click_stops_the_letters_without_signing_in(
    saved: SavedSearch, letters: Any, settings: Any
) -> None:
    settings.PORTAL_BASE_URL = "https://portale.example"
    document("idrografia", title="Nuovo")
    (letter,) = letters()
    headers = letter.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(
        r"<https://portale\.example(/cerca/avvisi/.+/)>", headers["List-Unsubscribe"]
    )
    assert address
    path = address[1]
    assert path in letter.body
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(path)
    assert page.status_code == 200
    assert "Sospendere gli avvisi?" in page.content.decode()
    saved.refresh_from_db()
    assert saved.paused is False
    done = strict.post(path, {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert "Gli avvisi sono sospesi" in done.content.decode()
    saved.refresh_from_db()
    assert saved.paused is True
    assert strict.post(path).status_code == 200
    document("idrografia", title="Ancora")
    assert letters() == []


def test_a_word_of_somebody_else_stops_nothing(saved: SavedSearch) -> None:
    token = alerts.unsubscribe_token(saved)
    for wrong in (token[:-1] + ("a" if token[-1] != "a" else "b"), "x", "1", "a:b:c"):
        assert Client().get(f"/cerca/avvisi/{wrong}/").status_code == 404
        assert Client().post(f"/cerca/avvisi/{wrong}/").status_code == 404
    service.delete(saved)
    assert Client().post(f"/cerca/avvisi/{token}/").status_code == 404
    text = Client().get(f"/cerca/avvisi/{token}/").content.decode()
    assert "Acque" not in text


def test_the_page_that_stops_says_nothing_of_the_search(saved: SavedSearch) -> None:
    text = Client().get(f"/cerca/avvisi/{alerts.unsubscribe_token(saved)}/").content.decode()
    assert "Acque" not in text
    assert "idrografia" not in text
