"""The pages of discussions: reading, lists, forms and what bad input gets."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import (
    Draft,
    Membership,
    MembershipRole,
    Post,
    ReviewItem,
    Topic,
    TopicReader,
)
from communities.selectors.spaces import unread_counts
from communities.services.moderation import lock_topic
from communities.services.posts import delete_post
from portal.accounts.models import User
from tests.conftest import client_of
from tests.factories.communities import insider, post, space, topic

pytestmark = pytest.mark.django_db
MODERATOR = MembershipRole.MODERATOR


def answer_to(talk: Topic, **fields: Any) -> dict[str, Any]:
    return {
        "body": "<p>Ecco.</p>",
        "body_format": "html",
        "voice": "personale",
        "submission": str(uuid.uuid4()),
        **fields,
    }


def test_from_a_question_to_its_solution() -> None:
    room = space()
    asker, helper = insider(room), insider(room)
    client = client_of(asker)
    form = client.get(f"{room.get_absolute_url()}nuova/")
    assert form.status_code == 200
    made = client.post(
        f"{room.get_absolute_url()}nuova/",
        answer_to(Topic(), kind="domanda", title="Chi ha già  una convenzione?"),
    )
    talk = Topic.objects.get()
    assert made["Location"] == talk.get_absolute_url()
    assert talk.title == "Chi ha già una convenzione?"
    other = client_of(helper)
    assert "da leggere" in other.get(room.get_absolute_url()).content.decode()
    body = next(iter(helper.affiliations.all()))
    sent = other.post(
        f"{talk.get_absolute_url()}rispondi/", answer_to(talk, voice=f"ente-{body.pk}")
    )
    assert sent["Location"].endswith("#intervento-2")
    page = client.get(talk.get_absolute_url()).content.decode()
    assert "a nome dell'ente" in page
    assert "Ufficio appalti, Provincia di Treviso" in page
    answer = Post.objects.get(number=2)
    client.post(f"/comunita/interventi/{answer.pk}/accetta/")
    assert "Risposta accettata" in other.get(talk.get_absolute_url()).content.decode()
    assert "Risolta" in other.get(room.get_absolute_url()).content.decode()
    client.post(f"/comunita/interventi/{answer.pk}/utile/")
    swapped = client.post(
        f"/comunita/interventi/{answer.pk}/utile/", headers={"hx-request": "true"}
    ).content.decode()
    assert 'aria-pressed="false"' in swapped
    assert "<html" not in swapped


def test_reading_goes_only_forward_and_the_lists_know() -> None:
    room = space()
    talk = topic(room, replies=45)
    reader = insider(room)
    client = client_of(reader)
    Membership.objects.filter(user=reader).update(
        read_floor=timezone.now() - timezone.timedelta(days=1)
    )
    assert talk.title in client.get(f"{room.get_absolute_url()}?elenco=non-lette").content.decode()
    client.get(f"{talk.get_absolute_url()}?pagina=2")
    assert TopicReader.objects.get(user=reader).last_read_number == 40
    client.get(talk.get_absolute_url())
    assert TopicReader.objects.get(user=reader).last_read_number == 40
    page = client.get(room.get_absolute_url()).content.decode()
    assert "nuovi interventi" in page
    assert "?pagina=3#intervento-41" in page
    assert unread_counts(User.objects.get(pk=reader.pk), [room.pk]) == {room.pk: 1}
    client.get(f"{talk.get_absolute_url()}?pagina=3")
    assert (
        "Ha letto tutto"
        in client.get(f"{room.get_absolute_url()}?elenco=non-lette").content.decode()
    )
    post(talk, talk.author)
    client.post(f"/comunita/{room.slug}/tutto-letto/")
    assert unread_counts(User.objects.get(pk=reader.pk), [room.pk]) == {}


def test_lists() -> None:
    room = space()
    who = insider(room)
    answered, lonely, mine = topic(room, replies=1), topic(room), topic(room, who)
    client = client_of(who)

    def titles(chosen: str) -> set[str]:
        found = client.get(room.get_absolute_url(), {"elenco": chosen}).context["page"].topics
        return {one.title for one in found}

    assert titles("") == {answered.title, lonely.title, mine.title}
    assert titles("senza-risposta") == {lonely.title, mine.title}
    assert titles("mie") == {mine.title}
    assert titles("sconosciuto") == titles("")


def test_paging_by_key_shows_everything_once() -> None:
    room = space()
    who = insider(room)
    wanted = {topic(room, who).pk for _ in range(45)}
    boss = insider(room, MODERATOR)
    pinned = Topic.objects.order_by("bumped_at").first()
    assert pinned is not None
    client_of(boss).post(f"{pinned.get_absolute_url()}evidenza/")
    client = client_of(who)
    seen: list[int] = []
    cursor = ""
    while True:
        page = client.get(room.get_absolute_url(), {"prima": cursor}).context["page"]
        seen += [one.pk for one in page.topics]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen[0] == pinned.pk
    assert len(seen) == 45
    assert set(seen) == wanted
    for wrong in ("x", "9-9-9", "0-99999999999999999-1", "1-1-1", "0--1", "\x00"):
        assert client.get(room.get_absolute_url(), {"prima": wrong}).status_code == 200


def test_pages_that_do_not_exist_are_the_nearest() -> None:
    room = space()
    talk = topic(room, replies=25)
    client = client_of(talk.author)
    for typed, number in [("0", 1), ("99", 2), ("-1", 1), ("x", 1), ("9" * 40, 1)]:
        assert client.get(talk.get_absolute_url(), {"pagina": typed}).context["number"] == number
    assert client.get(f"{talk.get_absolute_url()}999/")["Location"].endswith(
        "pagina=2#intervento-26"
    )
    last = talk.posts.get(number=25)
    assert client.get(last.get_absolute_url())["Location"].endswith("?pagina=2#intervento-25")


BAD = [
    ({"body": ""}, "Scriva il testo"),
    ({"body": "<p> </p>", "body_format": "html"}, "Scriva il testo"),
    ({"body": "<script>alert(1)</script>", "body_format": "html"}, "Scriva il testo"),
    ({"body": "parola " * 4000}, "il massimo è 20.000"),
    ({"body": "x" * 1_000_000}, "troppo lungo"),
    ({"voice": "ente-1"}, "valida"),
    ({"voice": ""}, "obbligatorio"),
]


@pytest.mark.parametrize(("change", "sentence"), BAD)
def test_bad_answers_are_explained_and_kept(change: dict[str, str], sentence: str) -> None:
    room = space()
    talk = topic(room)
    client = client_of(insider(room))
    data = answer_to(talk, body="Il mio testo lungo e pensato.", body_format="text")
    answer = client.post(f"{talk.get_absolute_url()}rispondi/", {**data, **change})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    if "body" not in change:
        assert "Il mio testo lungo e pensato." in page
    elif "parola" in change["body"]:
        assert "parola parola parola" in page
        assert Draft.objects.get().html.startswith("<p>parola parola")
    assert Post.objects.count() == 1


def test_what_was_typed_and_the_files_survive_an_error() -> None:
    room = space()
    client = client_of(insider(room))
    url = f"{room.get_absolute_url()}nuova/"
    file = SimpleUploadedFile("schema.txt", b"Schema di convenzione\n")
    data = answer_to(
        Topic(), kind="discussione", title="", body="<p>Testo <strong>forte</strong></p>"
    )
    answer = client.post(url, {**data, "uploads": [file]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Scriva il titolo." in page
    assert 'data-editor-html="&lt;p&gt;Testo &lt;strong&gt;forte' in page
    assert "Togli «schema.txt»" in page
    again = client.post(url, {**data, "title": "Schema"})
    talk = Topic.objects.get()
    assert again["Location"] == talk.get_absolute_url()
    assert talk.posts.get().attachments.count() == 1
    assert "schema" in client.get(talk.get_absolute_url()).content.decode()


def test_files_that_the_library_cannot_keep() -> None:
    room = space()
    talk = topic(room)
    client = client_of(insider(room))
    empty = SimpleUploadedFile("vuoto.pdf", b"")
    program = SimpleUploadedFile("programma.exe", b"MZ\x90\x00" * 20)
    answer = client.post(
        f"{talk.get_absolute_url()}rispondi/", answer_to(talk, uploads=[empty, program])
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "programma.exe:" in page
    many = [SimpleUploadedFile(f"{number}.txt", b"Testo\n") for number in range(11)]
    answer = client.post(f"{talk.get_absolute_url()}rispondi/", answer_to(talk, uploads=many))
    assert "Al massimo 10 file" in answer.content.decode()


def test_an_answer_to_a_discussion_closed_or_deleted_meanwhile() -> None:
    room = space()
    boss = insider(room, MODERATOR)
    talk = topic(room)
    client = client_of(insider(room))
    lock_topic(boss, talk, locked=True)
    answer = client.post(
        f"{talk.get_absolute_url()}rispondi/", answer_to(talk, body="Pensato.", body_format="text")
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "è stata chiusa" in page
    assert "Pensato." in page
    lock_topic(boss, talk, locked=False)
    delete_post(talk.author, talk.posts.get())
    gone = client.post(
        f"{talk.get_absolute_url()}rispondi/", answer_to(talk, body="Pensato.", body_format="text")
    )
    assert gone.status_code == 410
    assert "è stata eliminata" in gone.content.decode()
    assert "Pensato." in gone.content.decode()
    assert Post.objects.count() == 1


def test_a_double_click_publishes_once() -> None:
    room = space()
    talk = topic(room)
    client = client_of(insider(room))
    data = answer_to(talk)
    places = {
        client.post(f"{talk.get_absolute_url()}rispondi/", data)["Location"] for _ in range(3)
    }
    assert len(places) == 1
    assert talk.posts.count() == 2


def test_drafts_are_found_again_and_nobody_elses() -> None:
    room = space()
    talk = topic(room)
    who = insider(room)
    client = client_of(who)
    client.post(
        f"{talk.get_absolute_url()}bozza/",
        {"body": "<p>Quasi <b>finito</b></p>", "body_format": "html"},
    )
    page = client.get(talk.get_absolute_url()).content.decode()
    assert "Quasi finito" in page
    assert "Bozza salvata" in page
    assert "Quasi" not in client_of(talk.author).get(talk.get_absolute_url()).content.decode()
    client.post(
        f"{talk.get_absolute_url()}rispondi/", answer_to(talk, bozza="1", body="<p>Nuova</p>")
    )
    assert Draft.objects.get().html == "<p>Nuova</p>"
    client.post(f"{talk.get_absolute_url()}rispondi/", answer_to(talk, body="<p>Nuova</p>"))
    assert not Draft.objects.exists()
    new = f"{room.get_absolute_url()}bozza/"
    client.post(new, {"body": "Testo", "title": "Titolo a\x00 metà"})
    assert "Titolo a metà" in client.get(f"{room.get_absolute_url()}nuova/").content.decode()
    assert client.post(new, {"body": "x" * 500_000}).status_code == 413


def test_deleting_can_be_undone() -> None:
    room = space()
    talk = topic(room)
    client = client_of(talk.author)
    first = talk.posts.get()
    listed = client.post(f"/comunita/interventi/{first.pk}/elimina/", follow=True).content.decode()
    assert "La discussione è eliminata" in listed
    assert (
        "La discussione è eliminata"
        not in client_of(insider(room))
        .get(room.get_absolute_url(), {"eliminata": talk.pk})
        .content.decode()
    )
    client.post(f"/comunita/interventi/{first.pk}/ripristina/")
    assert client.get(talk.get_absolute_url()).status_code == 200
    answer = post(talk, talk.author)
    page = client.post(f"/comunita/interventi/{answer.pk}/elimina/", follow=True).content.decode()
    assert "Ripristina" in page
    assert "Una risposta." not in page


def test_corrections_and_versions() -> None:
    room = space()
    talk = topic(room, text="Com'era.")
    client = client_of(talk.author)
    first = talk.posts.get()
    form = client.get(f"/comunita/interventi/{first.pk}/modifica/").content.decode()
    assert "Com&#x27;era." in form
    bad = client.post(f"/comunita/interventi/{first.pk}/modifica/", {"title": "", "body": "Altro"})
    assert bad.status_code == 422
    assert "Scriva il titolo." in bad.content.decode()
    client.post(f"/comunita/interventi/{first.pk}/modifica/", {"title": "Nuovo", "body": "Com'è."})
    page = client.get(talk.get_absolute_url()).content.decode()
    assert "modificato il" in page
    assert "Nuovo" in page
    assert "Com'era." in client.get(f"/comunita/interventi/{first.pk}/versioni/").content.decode()


def test_reports_and_the_queue() -> None:
    room = space()
    boss, reporter = insider(room, MODERATOR), insider(room)
    talk = topic(room, text="Il numero è 333 1234567.")
    first = talk.posts.get()
    client = client_of(reporter)
    url = f"/comunita/interventi/{first.pk}/segnala/"
    assert client.post(url, {"note": "x"}).status_code == 422
    client.post(url, {"reason": "dati", "note": "C'è un telefono"})
    client.post(url, {"reason": "altro"})
    item = ReviewItem.objects.get()
    queue = client_of(boss).get(f"/comunita/{room.slug}/moderazione/").content.decode()
    assert "C&#x27;è un telefono" in queue
    bad = client_of(boss).post(f"/comunita/segnalazioni/{item.pk}/", {"reason": " "})
    assert bad.status_code == 422
    client_of(boss).post(f"/comunita/segnalazioni/{item.pk}/", {"reason": "Dati personali"})
    page = client.get(talk.get_absolute_url()).content.decode()
    assert "nascosto da chi modera" in page
    assert "333 1234567" not in page
    assert "333 1234567" in client_of(talk.author).get(talk.get_absolute_url()).content.decode()
    client_of(boss).post(f"/comunita/interventi/{first.pk}/mostra/")
    assert "333 1234567" in client.get(talk.get_absolute_url()).content.decode()
    client.post(url, {"reason": "altro"})
    second = ReviewItem.objects.get(closed_at__isnull=True)
    client_of(boss).post(f"/comunita/segnalazioni/{second.pk}/", {"archivia": "1"})
    assert not ReviewItem.objects.filter(closed_at__isnull=True).exists()
    log = client_of(boss).get(f"/comunita/{room.slug}/moderazione/").content.decode()
    assert "ha archiviato una segnalazione" in log


def price(client: Any, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_lists_and_discussions_cost_the_same_at_any_length() -> None:
    room = space()
    who = insider(room)
    short, long = topic(room, replies=1), topic(room, replies=60)
    few = price(client_of(who), room.get_absolute_url())
    for _ in range(25):
        topic(room, short.author)
    many = price(client_of(who), room.get_absolute_url())
    assert few == many <= 12
    client = client_of(who)
    assert price(client, f"{long.get_absolute_url()}?pagina=3") <= 15
    assert price(client, short.get_absolute_url()) == price(client, long.get_absolute_url()) <= 15
    people = f"/comunita/{room.slug}/componenti/"
    before = price(client, people)
    for _ in range(18):
        insider(room)
    assert price(client, people) == before


def test_the_dashboard_and_the_network_cost_the_same() -> None:
    from tests.factories.pages import network_page

    room = space()
    who = insider(room, MODERATOR)
    network = network_page("sua")
    client = client_of(who)
    before = [price(client, path) for path in ("/account/", network.url, "/comunita/")]
    for _ in range(20):
        topic(room, replies=1)
    assert [price(client, path) for path in ("/account/", network.url, "/comunita/")] == before
