"""From the redazione to the reader: a news item through its workflow, in /gestione/."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, Workflow

from portal.accounts.models import User
from portal.editorial.tasks import publish_scheduled
from portal.news.models import NewsIndexPage, NewsPage
from portal.organisations.models import Network
from tests.conftest import client_of
from tests.factories.pages import home_page, news_page
from tests.factories.people import editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(db: None) -> NewsIndexPage:
    home = home_page()
    page = NewsIndexPage(title="Notizie", slug="notizie", summary="Le notizie")
    home.add_child(instance=page)
    return page


@pytest.fixture
def sua() -> User:
    return editor("Coordinamento sua")


@pytest.fixture
def europa() -> User:
    return editor("Coordinamento europa")


def form(network: str = "sua", **changes: Any) -> dict[str, Any]:
    """Return the form of the page editor, filled."""
    return {
        "title": "Una notizia scritta dalla redazione",
        "slug": "una-notizia",
        "summary": "Che cosa è successo.",
        "date": "2022-04-13",
        "network": str(Network.objects.get(slug=network).pk) if network else "",
        "province": "",
        "topics": "",
        "responsible_office": "",
        "body-count": "0",
        "related-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **changes,
    }


def written(redattore: User, index: NewsIndexPage, network: str = "sua") -> NewsPage:
    """Have the redazione write a news item and send it."""
    path = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    answer = client_of(redattore).post(path, {**form(network), "action-submit": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    return NewsPage.objects.get(slug="una-notizia")


def act(client: Client, page: NewsPage, action: str, **data: str) -> int:
    """Decide on the step that a page is at."""
    state = page.current_workflow_task_state
    path = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(path, data).status_code


def test_a_news_item_is_approved_and_published(
    redattore: User, sua: User, direttore: User, index: NewsIndexPage
) -> None:
    page = written(redattore, index)
    assert not page.live
    assert Client().get("/notizie/una-notizia/").status_code == 404
    letter = mail.outbox[-1]
    assert letter.to == [sua.email]
    assert page.title in letter.subject + letter.body
    assert "inviata per essere approvata" in letter.body
    assert page.title in client_of(sua).get("/gestione/").content.decode()
    mail.outbox.clear()
    assert act(client_of(sua), page, "approve") in (200, 302)
    page = NewsPage.objects.get(pk=page.pk)
    assert not page.live
    assert [direttore.email] in [letter.to for letter in mail.outbox]
    mail.outbox.clear()
    assert act(client_of(direttore), page, "approve") in (200, 302)
    assert NewsPage.objects.get(pk=page.pk).live
    assert [redattore.email] in [letter.to for letter in mail.outbox]
    assert "approvata" in mail.outbox[-1].body
    assert page.title in Client().get("/notizie/una-notizia/").content.decode()


def test_it_is_returned_with_a_comment(redattore: User, sua: User, index: NewsIndexPage) -> None:
    page = written(redattore, index)
    mail.outbox.clear()
    act(client_of(sua), page, "reject", comment="Manca la fonte dei dati.")
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk))
    assert (state.status, state.comment) == ("rejected", "Manca la fonte dei dati.")
    letters = [letter for letter in mail.outbox if letter.to == [redattore.email]]
    assert letters
    assert "Manca la fonte dei dati." in letters[0].body
    assert not NewsPage.objects.get(pk=page.pk).live


def test_another_coordination_neither_sees_nor_approves(
    redattore: User, europa: User, member: User, index: NewsIndexPage
) -> None:
    page = written(redattore, index)
    assert page.title not in client_of(europa).get("/gestione/").content.decode()
    act(client_of(europa), page, "approve")
    act(client_of(redattore), page, "approve")
    act(client_of(member), page, "approve")
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk))
    assert state.status == "in_progress"


def test_without_a_network_the_direction_decides_at_once(
    redattore: User, direttore: User, index: NewsIndexPage
) -> None:
    page = written(redattore, index, network="")
    assert page.current_workflow_task.name == "Direzione UPI"
    assert [direttore.email] in [letter.to for letter in mail.outbox]
    act(client_of(direttore), page, "approve")
    assert NewsPage.objects.get(pk=page.pk).live


def test_the_redazione_cannot_publish(redattore: User, index: NewsIndexPage) -> None:
    path = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    client_of(redattore).post(path, {**form(), "action-publish": "1"})
    assert not NewsPage.objects.filter(live=True).exists()


def test_scheduled_publishing_and_expiry() -> None:
    page = news_page(live=False)
    page.go_live_at = timezone.now() + timedelta(minutes=5)
    page.save_revision(approved_go_live_at=page.go_live_at)
    publish_scheduled()
    assert not NewsPage.objects.get(pk=page.pk).live
    past = timezone.now() - timedelta(minutes=1)
    page.go_live_at = past
    page.save_revision(approved_go_live_at=past)
    publish_scheduled()
    shown = NewsPage.objects.get(pk=page.pk)
    assert shown.live
    shown.expire_at = past
    shown.save()
    publish_scheduled()
    gone = NewsPage.objects.get(pk=page.pk)
    assert not gone.live
    assert gone.expired


def test_reference_data_twice_is_once() -> None:
    from django.core.management import call_command

    call_command("sync_reference_data", verbosity=0)
    assert Workflow.objects.filter(name="Pubblicazione").count() == 1
