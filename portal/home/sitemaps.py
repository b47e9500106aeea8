"""What search engines are told of: public pages, public documents, the sections."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap as DjangoSitemap
from wagtail.contrib.sitemaps import Sitemap as PageSitemap

from portal.core import access
from portal.core.navigation import sections
from portal.library.models import Document, DocumentQuerySet


class DocumentSitemap(DjangoSitemap):
    """The documents that everybody may read."""

    limit = 5000

    def items(self) -> DocumentQuerySet:
        return Document.objects.kept().filter(audience=access.PUBLIC).order_by("pk")

    def lastmod(self, document: Document) -> datetime:
        return document.updated_at


class SectionSitemap(DjangoSitemap):
    """The sections of the menu that are not pages."""

    def items(self) -> list[str]:
        return [section()["url"] for _, section in sections]

    def location(self, address: str) -> str:
        return address


SITEMAPS = {"pagine": PageSitemap, "documenti": DocumentSitemap, "sezioni": SectionSitemap}
