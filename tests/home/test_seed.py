"""The demonstration pages: all there at the first run, untouched at the second."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page, Site

from portal.core.models import SiteSettings
from portal.core.seed import SeedContext
from portal.home.models import HomePage
from portal.home.seed import load_home
from portal.networks.models import NetworkPage, PracticePage, ServiceModelPage
from portal.networks.seed import load_networks

pytestmark = pytest.mark.django_db


def load() -> None:
    context = SeedContext(write=lambda text: None)
    load_home(context)
    load_networks(context)


def rows() -> list[tuple[object, ...]]:
    return list(
        Page.objects.order_by("path").values_list(
            "path", "title", "url_path", "last_published_at", "latest_revision_id"
        )
    )


def test_the_pages_are_there_and_answer(client: Client) -> None:
    load()
    site = Site.objects.get(is_default_site=True)
    assert isinstance(site.root_page.specific, HomePage)
    assert SiteSettings.for_site(site).privacy_url == "/privacy/"
    assert NetworkPage.objects.count() == 3
    assert ServiceModelPage.objects.count() == 4
    assert PracticePage.objects.count() >= 9
    for page in Page.objects.live().descendant_of(site.root_page, inclusive=True):
        assert client.get(page.url).status_code == 200, page.url


def test_running_it_twice_changes_nothing() -> None:
    load()
    before = rows()
    load()
    assert rows() == before


def test_what_an_editor_wrote_stays() -> None:
    load()
    home = HomePage.objects.get()
    home.hero_title = "Parole della redazione"
    home.save()
    load()
    assert HomePage.objects.get().hero_title == "Parole della redazione"
