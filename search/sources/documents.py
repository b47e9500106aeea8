"""Documents of the library as searchable content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from portal.library.models import Document, DocumentPage, VersionState
from search.engines.base import ARCHIVED, IN_USE, IndexItem, PageText
from search.sources.base import Described, object_id

if TYPE_CHECKING:
    from search.sources.base import Reader

KIND = "document"


class DocumentSource:
    """Every document that has a file, with the text of its current version."""

    name = "document"
    label = "documenti"

    def pks(self, after: int, limit: int) -> list[int]:
        """Return the next keys."""
        found = Document.objects.kept().filter(pk__gt=after, current_version__isnull=False)
        return list(found.order_by("pk").values_list("pk", flat=True)[:limit])

    def load(self, pks: Iterable[int], seq: int) -> Iterator[IndexItem]:
        """Yield the documents with their pages: three queries whatever their number."""
        documents = list(
            Document.objects.kept()
            .filter(pk__in=list(pks), current_version__isnull=False)
            .readable()
            .prefetch_related("tags", "current_version__norm_citations")
        )
        ready = [
            document.current_version_id
            for document in documents
            if document.current_version and document.current_version.state == VersionState.READY
        ]
        texts: dict[int, list[PageText]] = defaultdict(list)
        pages = DocumentPage.objects.filter(version__in=ready).order_by("version_id", "number")
        for page in pages.iterator(chunk_size=500):
            texts[page.version_id].append(PageText(page.number, page.label, page.text))
        for document in documents:
            version = document.current_version
            if version is None:
                continue
            yield IndexItem(
                id=object_id(self.name, document.pk),
                title=document.title,
                summary=" ".join(
                    [document.description, document.get_kind_display(), version.filename]
                    + [tag.name for tag in document.tags.all()]
                ),
                body="",
                pages=texts[version.pk],
                audience=document_audience(document),
                facets=facets_of(document),
                date=document.protocol_date or document.created_at.date(),
                seq=seq,
            )

    def audience(self, pk: int) -> frozenset[str]:
        """Return the tokens of a document now."""
        document = Document.objects.kept().filter(pk=pk).first()
        return document_audience(document) if document else frozenset()

    def titled(self, reader: Reader, words: list[str], limit: int) -> list[int]:
        """Return the documents in use whose title has all the words, the latest first."""
        found = Document.objects.visible_to(reader).in_use().filter(current_version__isnull=False)
        for word in words:
            found = found.filter(title__icontains=word)
        return list(found.order_by("-created_at", "-pk").values_list("pk", flat=True)[:limit])

    def describe(self, reader: Reader, passages: dict[int, list[int]]) -> dict[int, Described]:
        """Return the documents that the reader may see, with the texts of their best pages."""
        documents = list(Document.objects.visible_to(reader).filter(pk__in=passages).readable())
        wanted = {document.current_version_id: set(passages[document.pk]) for document in documents}
        numbers = {number for chosen in wanted.values() for number in chosen}
        texts: dict[int, dict[int, str]] = defaultdict(dict)
        rows = DocumentPage.objects.filter(version__in=wanted, number__in=numbers)
        for version, number, text in rows.values_list("version_id", "number", "text"):
            if number in wanted[version]:
                texts[version][number] = text
        return {document.pk: _described(document, texts) for document in documents}


def document_audience(document: Document) -> frozenset[str]:
    """Return the tokens of those who find a document: its audience and who uploaded it."""
    tokens = {document.audience}
    if document.uploaded_by_user_id:
        tokens.add(f"user:{document.uploaded_by_user_id}")
    return frozenset(tokens)


def facets_of(document: Document) -> dict[str, list[str]]:
    """Return the values of the facets of a document; those it says nothing of are left out."""
    body = document.organisation
    version = document.current_version
    return {
        "kind": [KIND],
        "document_kind": [document.kind],
        "network": [network.slug for network in document.networks.all()],
        "province": [body.sigla] if body and body.sigla else [],
        "body": [str(body.pk)] if body else [],
        "year": [str(document.year)] if document.year else [],
        "format": [version.format] if version and version.format else [],
        "tag": [tag.name for tag in document.tags.all()],
        "signed": ["yes"] if version and version.is_signed else [],
        "norm": sorted({found.act for found in version.norm_citations.all()}) if version else [],
        "state": [ARCHIVED if document.archived_at else IN_USE],
    }


def _described(document: Document, texts: dict[int, dict[int, str]]) -> Described:
    version = document.current_version
    body = document.organisation
    address = reverse("library:page", args=[document.pk, 1])
    return Described(
        kind=KIND,
        kind_label=document.get_kind_display(),
        title=document.title,
        url=document.get_absolute_url(),
        text=document.description,
        date=document.protocol_date or document.created_at.date(),
        networks=[(network.slug, network.short_name) for network in document.networks.all()],
        province=body.sigla if body else "",
        body=body.display_name if body else "",
        format=version.format if version else "",
        page_count=version.page_count if version else 0,
        page_texts=texts[version.pk] if version else {},
        page_url=address.removesuffix("1/"),
        archived=document.archived_at is not None,
    )
