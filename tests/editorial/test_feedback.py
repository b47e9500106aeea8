"""The opinion on a page: asked on every page, anonymous, read by who works on the page."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from portal.accounts.models import User
from portal.editorial.models import PageFeedback
from tests.conftest import client_of
from tests.factories.pages import content_page, home_page, restrict_to_members

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Page:
    return content_page(title="Una pagina")


def path_of(page: Page) -> str:
    return reverse("editorial:feedback", args=[page.pk])


def test_a_page_asks_and_the_home_does_not(client: Client, page: Page) -> None:
    html = client.get(page.url).content.decode()
    assert 'data-element="feedback"' in html
    assert path_of(page) in html
    assert 'data-element="feedback"' not in client.get(home_page().url).content.decode()


def test_the_rating_of_the_page_is_kept_with_reason_and_words(client: Client, page: Page) -> None:
    assert 'value="4" checked' in _flat(client.get(path_of(page), {"voto": "4"}))
    sent = {"rating": "4", "reason": "incompleta", "text": "Manca il modulo 🏛️."}
    answer = client.post(path_of(page), sent, follow=True)
    assert "Grazie della sua opinione" in answer.content.decode()
    kept = PageFeedback.objects.get()
    assert (kept.page_id, kept.rating, kept.reason) == (page.pk, 4, "incompleta")
    assert kept.text == sent["text"]


def _flat(answer: object) -> str:
    html = answer.content.decode()  # type: ignore[attr-defined]
    import re

    return re.sub(r'value="(\d)"[^>]*?checked', r'value="\1" checked', html)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"text": "Parole mie"}, "Scelga un voto"),
        ({"rating": "9", "text": "Parole mie"}, "Scelga un voto"),
        ({"rating": "x\x00", "text": "Parole mie"}, "Scelga un voto"),
        ({"rating": "3", "reason": "boh", "text": "Parole mie"}, "Scelga uno dei motivi"),
        ({"rating": "3", "text": "Parole mie" + "a" * 600}, "500 caratteri"),
        ({"rating": "3", "text": "Parole mie\x00"}, "caratteri"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(
    client: Client, page: Page, sent: dict[str, str], told: str
) -> None:
    answer = client.post(path_of(page), sent)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert told in html
    assert "Parole mie" in html
    assert not PageFeedback.objects.exists()


def test_a_page_for_members_takes_no_opinion_of_others(page: Page, member: User) -> None:
    restrict_to_members(page)
    for client, code in ((Client(), 404), (client_of(member), 200)):
        assert client.get(path_of(page)).status_code == code
        assert client.get(reverse("editorial:feedback_thanks", args=[page.pk])).status_code == code
    assert Client().post(path_of(page), {"rating": "5"}).status_code == 404
    assert not PageFeedback.objects.exists()


def test_absent_and_unpublished_pages(client: Client) -> None:
    draft = content_page(live=False)
    for pk in (draft.pk, 999_999, 1):
        assert client.get(f"/opinioni/{pk}/").status_code == 404


def test_too_many_opinions_are_refused(client: Client, page: Page, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"page_feedback": "2/h/ip"}  # type: ignore[attr-defined]
    cache.clear()
    codes = [client.post(path_of(page), {"rating": "5"}).status_code for _ in range(3)]
    assert codes == [302, 302, 429]
    assert PageFeedback.objects.count() == 2


def test_the_database_refuses_other_ratings(page: Page) -> None:
    for rating in (0, 6):
        with pytest.raises(IntegrityError), transaction.atomic():
            PageFeedback.objects.create(page=page, rating=rating)


def test_the_editors_read_the_opinions(page: Page, redattore: User, member: User) -> None:
    for rating in (1, 2, 5):
        PageFeedback.objects.create(page=page, rating=rating, reason="superata", text="Vecchia")
    other = content_page(title="Pagina chiara")
    PageFeedback.objects.create(page=other, rating=5)
    client = client_of(redattore)
    assert reverse("feedback_report") in client.get("/gestione/").content.decode()
    html = client.get(reverse("feedback_report")).content.decode()
    assert html.index("Una pagina") < html.index("Pagina chiara")
    assert "2,7" in html
    detail = client.get(reverse("feedback_of_page", args=[page.pk])).content.decode()
    assert "Vecchia" in detail
    assert "non erano aggiornate" in detail
    sheet = client.get(reverse("feedback_report"), {"export": "csv"})
    assert 'Una pagina,"2,7"' in b"".join(sheet.streaming_content).decode()
    for person in (client_of(member), Client()):
        for name in (reverse("feedback_report"), reverse("feedback_of_page", args=[page.pk])):
            assert person.get(name).status_code in (302, 403)
