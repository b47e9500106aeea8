"""What the redazione tunes: effective at once, tried before it is saved, written down."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.core.access import MEMBERS, STAFF
from portal.organisations.models import Network
from search.engines.base import Engine
from search.indexing import drain
from search.models import (
    PinnedAnswer,
    PinnedItem,
    Stopword,
    Synonym,
    TuningChange,
    TuningState,
    Weight,
    WordForms,
)
from search.query.expansion import alternatives, is_stopword, phrases
from search.reference import SYNONYMS, sync_tuning
from search.tuning import refresh
from search.tuning.current import rows
from search.tuning.snapshot import Snapshot, first_snapshot, key_of
from tests.conftest import client_of
from tests.factories.library import document
from tests.factories.pages import content_page, restrict_to_members

pytestmark = pytest.mark.django_db
API = "/api/v1/search/"
ADD = "/gestione/sinonimi/new/"


def titles(words: str, client: Client | None = None) -> list[str]:
    """Return the titles that the API answers with, in order, those with all the words."""
    data = (client or Client()).get(API, {"q": words}).json()
    return [] if data["lenient"] else [result["title"] for result in data["results"]]


def test_a_new_installation_knows_the_reference_words(index: Engine) -> None:
    assert Synonym.objects.count() == len(SYNONYMS)
    from_tables, from_code = Snapshot.build(rows()), first_snapshot()
    assert from_tables.stopwords == from_code.stopwords
    assert set(from_tables.phrases) == set(from_code.phrases)
    refresh()
    assert is_stopword("della")
    assert not is_stopword("appalto")
    assert alternatives("sua") == (("stazion", "unic", "appalt"),)
    assert (("stazion", "unic", "appalt"), "sua") in phrases()


def test_what_the_redazione_deleted_does_not_come_back() -> None:
    Synonym.objects.get(word="UPI").delete()
    sync_tuning()
    assert not Synonym.objects.filter(word="UPI").exists()


def test_a_synonym_counts_from_the_next_search(index: Engine) -> None:
    document("il palazzo provinciale", title="Sede")
    document("la reggia ducale", title="Altra sede")
    drain()
    assert titles("fabbricato") == []
    Synonym.objects.create(word="fabbricato", meanings="palazzo\nreggia ducale")
    assert set(titles("fabbricato")) == {"Sede", "Altra sede"}
    assert set(titles("fabbricati")) == {"Sede", "Altra sede"}
    Synonym.objects.get(word="fabbricato").delete()
    assert titles("fabbricato") == []


def test_a_synonym_in_one_direction(index: Engine) -> None:
    document("il palazzo provinciale", title="Palazzo")
    document("un edificio", title="Edificio")
    drain()
    made = Synonym.objects.create(word="edificio", meanings="palazzo", both_ways=False)
    assert set(titles("edificio")) == {"Palazzo", "Edificio"}
    assert titles("palazzo") == ["Palazzo"]
    made.both_ways = True
    made.save()
    assert set(titles("palazzo")) == {"Palazzo", "Edificio"}


def test_a_new_acronym_works_both_ways(index: Engine) -> None:
    document("l'ufficio unico concorsi ha bandito la prova", title="Esteso")
    document("il regolamento della UUC", title="Sigla")
    drain()
    Synonym.objects.create(word="UUC", meanings="ufficio unico concorsi")
    assert set(titles("UUC")) == {"Esteso", "Sigla"}
    assert set(titles("ufficio unico concorsi")) == {"Esteso", "Sigla"}


def test_forms_that_the_stemmer_keeps_apart(index: Engine) -> None:
    document("il capo dell'ufficio è egli", title="Egli")
    drain()
    assert titles("costui") == []
    WordForms.objects.create(forms="costui\negli")
    assert titles("costui") == ["Egli"]


def test_a_stopword_is_not_asked_for(index: Engine) -> None:
    document("il verbale", title="Verbale")
    drain()
    assert titles("verbale cortesemente") == []
    Stopword.objects.create(word="cortesemente")
    assert titles("verbale cortesemente") == ["Verbale"]


def test_a_weight_moves_neighbours_and_a_penalty_too(index: Engine) -> None:
    sua, europa = Network.objects.get(slug="sua"), Network.objects.get(slug="europa")
    document("capitolato di manutenzione", title="Uno", networks=[sua])
    document("capitolato di manutenzione", title="Due", networks=[europa])
    drain()
    first = Weight.objects.create(target="network:europa", points=4, reason="prova")
    assert titles("capitolato") == ["Due", "Uno"]
    first.delete()
    Weight.objects.create(target="network:europa", points=-4, reason="prova")
    assert titles("capitolato") == ["Uno", "Due"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Weight.objects.create(target="kind:news", points=40, reason="troppo")


def test_a_query_has_one_key_however_it_is_said() -> None:
    stopwords = first_snapshot().stopwords
    asked = ["convenzione SUA", "SUA convenzioni", "le convenzioni della SUA"]
    assert len({key_of(text, stopwords) for text in asked}) == 1
    assert key_of("la sua convenzione", stopwords) != key_of("convenzione SUA", stopwords)


@pytest.fixture
def pinned(index: Engine) -> PinnedAnswer:
    """An answer with a page for all, a document for members and one for the redazione."""
    page = content_page(title="Pagina fissata", summary="niente a che vedere")
    page.save_revision().publish()
    answer = PinnedAnswer.objects.create(query="convenzione SUA")
    members = document("altro", title="Documento dei membri", audience=MEMBERS)
    staff = document("altro", title="Documento di redazione", audience=STAFF)
    for order, made in enumerate((staff, members)):
        PinnedItem.objects.create(answer=answer, document=made, sort_order=order)
    PinnedItem.objects.create(answer=answer, page=page, sort_order=9)
    document("la convenzione della SUA", title="Trovato dal motore")
    drain()
    return answer


def shown(client: Client, **asked: str) -> list[str]:
    """Return which of the titles of the fixture the page shows, in order."""
    text = client.get("/cerca/", asked).content.decode()
    text = text.replace("<mark>", "").replace("</mark>", "")
    known = ["Pagina fissata", "Documento dei membri", "Documento di redazione"]
    places = [(text.find(f">{title}<"), title) for title in [*known, "Trovato dal motore"]]
    return [title for place, title in sorted(places) if place >= 0]


def test_pinned_answers_obey_the_readers_audience(
    pinned: PinnedAnswer, member: User, waiting: User, redattore: User
) -> None:
    public = ["Pagina fissata", "Trovato dal motore"]
    assert shown(Client(), q="convenzione SUA") == public
    assert shown(client_of(waiting), q="la convenzione SUA") == public
    assert shown(client_of(member), q="SUA convenzioni") == ["Documento dei membri", *public]
    assert shown(client_of(redattore), q="convenzione SUA") == [
        "Documento di redazione",
        "Documento dei membri",
        *public,
    ]


def test_pinned_answers_stay_out_of_other_questions(pinned: PinnedAnswer) -> None:
    found = ["Trovato dal motore"]
    assert shown(Client(), q="convenzione") == found
    assert shown(Client(), q="convenzione SUA", tipo="document") == found
    assert shown(Client(), q="convenzione SUA", sort="date") == found
    page = pinned.items.get(page__isnull=False).page
    restrict_to_members(page)
    assert shown(Client(), q="convenzione SUA") == found
    page.delete()
    assert shown(Client(), q="convenzione SUA") == found
    pinned.active = False
    pinned.save()
    assert shown(Client(), q="convenzione SUA") == found


def test_a_pinned_thing_is_a_page_or_a_document() -> None:
    answer = PinnedAnswer.objects.create(query="prova")
    with pytest.raises(IntegrityError), transaction.atomic():
        PinnedItem.objects.create(answer=answer)


def test_the_stamp_costs_one_query_and_the_rest_nothing() -> None:
    refresh()
    with CaptureQueriesContext(connection) as queries:
        refresh()
        assert is_stopword("di")
        alternatives("sua")
        phrases()
    assert len(queries) == 1
    before = TuningState.objects.get().stamp
    Stopword.objects.create(word="orbene")
    assert TuningState.objects.get().stamp != before


def form_of(**more: str) -> dict[str, str]:
    """Return what the form of a synonym sends."""
    return {"word": "edificio", "meanings": "palazzo", "both_ways": "on", **more}


def test_the_preview_saves_nothing_and_says_what_changes(index: Engine, redattore: User) -> None:
    document("il palazzo provinciale", title="Sede della Provincia")
    drain()
    client = client_of(redattore)
    form = form_of(prova="edificio", **{"action-preview": "1"})
    answer = client.post(ADD, form)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Sede della Provincia" in text
    assert "0 risultati prima, 1 dopo" in text
    assert "entra" in text
    assert not Synonym.objects.filter(word="edificio").exists()
    assert not TuningChange.objects.exists()
    assert titles("edificio") == []
    nothing = client.post(ADD, {**form, "prova": "tutt'altro"}).content.decode()
    assert "non cambia niente" in nothing


def test_who_changed_what_is_written_down(redattore: User) -> None:
    client = client_of(redattore)
    assert client.post(ADD, form_of()).status_code == 302
    made = Synonym.objects.get(word="edificio")
    where = f"/gestione/sinonimi/edit/{made.pk}/"
    assert client.post(where, form_of(meanings="palazzo\nsede")).status_code == 302
    assert client.post(f"/gestione/sinonimi/delete/{made.pk}/").status_code == 302
    changes = list(TuningChange.objects.order_by("pk"))
    assert [change.action for change in changes] == ["aggiunto", "cambiato", "eliminato"]
    assert {change.who for change in changes} == {redattore}
    assert (changes[1].before, changes[1].after) == (
        "edificio ⇄ palazzo",
        "edificio ⇄ palazzo, sede",
    )
    text = client.get("/gestione/ricerca/registro/").content.decode()
    assert "edificio ⇄ palazzo, sede" in text
    assert redattore.get_full_name() in text


def test_a_pinned_answer_is_made_and_tried_in_the_administration(
    index: Engine, redattore: User
) -> None:
    chosen = document("altro", title="Scelto dalla redazione")
    drain()
    client = client_of(redattore)
    form = {
        "query": "buoni mensa",
        "active": "on",
        "note": "",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-MIN_NUM_FORMS": "1",
        "items-MAX_NUM_FORMS": "10",
        "items-0-page": "",
        "items-0-document": str(chosen.pk),
        "items-0-ORDER": "1",
        "items-0-id": "",
        "items-0-DELETE": "",
    }
    where = "/gestione/risposte/new/"
    assert "buoni mensa" in client.get(where, {"query": "buoni mensa"}).content.decode()
    tried = client.post(where, {**form, "action-preview": "1", "prova": ""})
    assert "Scelto dalla redazione" in tried.content.decode()
    assert not PinnedAnswer.objects.exists()
    empty = client.post(where, {**form, "items-0-document": ""})
    assert empty.status_code == 200
    assert "Scelga una pagina oppure un documento" in empty.content.decode()
    assert client.post(where, form).status_code == 302
    assert PinnedAnswer.objects.get().object_ids() == [f"document:{chosen.pk}"]
    answer = Client().get("/cerca/", {"q": "buono mensa"})
    assert "Scelto dalla redazione" in answer.content.decode()


BAD: list[tuple[str, dict[str, str], str]] = [
    ("sinonimi", {"word": "due parole", "meanings": "x"}, "Serve una parola"),
    ("sinonimi", {"word": "…", "meanings": "x"}, "Serve una parola"),
    ("sinonimi", {"word": "sede", "meanings": "…\n…"}, "Ogni riga"),
    ("sinonimi", {"word": "sede", "meanings": "parola\n" * 21}, "Al massimo 20 righe"),
    ("parole_vuote", {"word": "due parole"}, "Serve una parola sola"),
    ("desinenze", {"forms": "una"}, "Da due a venti righe"),
    ("pesi", {"target": "kind:fantasia", "points": "1", "reason": "x"}, "Scegli"),
    ("pesi", {"target": "kind:news", "points": "99", "reason": "x"}, "Scegli"),
]


@pytest.mark.parametrize(("where", "form", "sentence"), BAD)
def test_bad_input_gets_a_sentence(
    redattore: User, where: str, form: dict[str, str], sentence: str
) -> None:
    answer = client_of(redattore).post(f"/gestione/{where}/new/", form)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not TuningChange.objects.exists()


PLACES = [
    "/gestione/sinonimi/",
    "/gestione/sinonimi/new/",
    "/gestione/risposte/",
    "/gestione/parole_vuote/",
    "/gestione/desinenze/",
    "/gestione/pesi/",
    "/gestione/pesi/new/",
    "/gestione/ricerca/fatte/",
    "/gestione/ricerca/registro/",
    "/gestione/ricerca/indice/",
]


@pytest.mark.parametrize("path", PLACES)
def test_verdicts(
    path: str, member: User, waiting: User, redattore: User, direttore: User, index: Engine
) -> None:
    assert Client().get(path).status_code == 302
    for person in (member, waiting):
        assert client_of(person).get(path).status_code in (302, 403)
    for person in (redattore, direttore):
        assert client_of(person).get(path).status_code == 200


def test_a_coordinator_has_not_the_words_of_all(any_coordinator: User) -> None:
    answer = client_of(any_coordinator).post(ADD, form_of())
    assert answer.status_code == 302
    assert not Synonym.objects.filter(word="edificio").exists()


@pytest.fixture
def any_coordinator() -> Any:
    from portal.organisations.roles import coordination_group
    from tests.factories.people import editor

    return editor(coordination_group("sua"))
