"""What robots are told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from portal.core import access
from portal.core.models import SiteSettings
from portal.library.models import Document
from tests.factories import pages

pytestmark = pytest.mark.django_db


def configure(**fields: str) -> None:
    site_settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    for name, value in fields.items():
        setattr(site_settings, name, value)
    site_settings.save()


def test_robots_know_the_sitemap_and_the_closed_doors(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /gestione/" in text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text


def test_the_sitemap_names_public_pages_and_documents_only(client: Client) -> None:
    pages.content_page(slug="aperta")
    pages.content_page(slug="bozza", live=False)
    private = pages.content_page(slug="riservata")
    pages.content_page(private, slug="sotto-la-riservata")
    pages.restrict_to_members(private)
    public = Document.objects.create(title="Per tutti", audience=access.PUBLIC)
    members = Document.objects.create(title="Per i membri", audience=access.MEMBERS)
    index = client.get("/sitemap.xml").content.decode()
    assert "/sitemap-pagine.xml" in index
    found = client.get("/sitemap-pagine.xml").content.decode()
    assert "/aperta/" in found
    for hidden in ("bozza", "riservata"):
        assert hidden not in found
    found = client.get("/sitemap-documenti.xml").content.decode()
    assert public.get_absolute_url() in found
    assert members.get_absolute_url() not in found
    assert client.get("/sitemap-sezioni.xml").status_code == 200


def test_an_unknown_or_empty_sitemap_is_no_error(client: Client) -> None:
    pages.home_page()
    assert client.get("/sitemap-altro.xml").status_code == 404
    assert client.get("/sitemap-pagine.xml?p=99").status_code == 404
    assert client.get("/sitemap-pagine.xml?p=x").status_code == 404


def test_security_text_says_whom_to_write_and_until_when(client: Client) -> None:
    pages.home_page()
    configure(security_contact="sicurezza@example.org\nExpires: never")
    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:sicurezza@example.orgExpires:never"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timezone.now() < expires < timezone.now() + timedelta(days=365)


def test_security_text_is_missing_without_a_contact(client: Client) -> None:
    pages.home_page()
    assert client.get("/.well-known/security.txt").status_code == 404
