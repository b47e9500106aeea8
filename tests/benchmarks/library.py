"""The invented collection as rows of the database: a library whose files were read already."""

from __future__ import annotations

from collections.abc import Sequence

from portal.library.models import Document, DocumentPage, DocumentVersion, NormCitation
from portal.library.models.version import VersionState
from portal.organisations.models import Network, Organisation
from tests.benchmarks import corpus

AT_ONCE = 100


def fill(documents: int) -> None:
    """Write the first documents of the collection; nothing is indexed by it."""
    provinces = list(Organisation.objects.provinces().order_by("pk"))
    networks = {network.slug: network for network in Network.objects.all()}
    for first in range(0, documents, AT_ONCE):
        texts = [corpus.text(number) for number in range(first, min(first + AT_ONCE, documents))]
        _write(texts, provinces, networks)


def _write(
    texts: Sequence[corpus.Text], provinces: Sequence[Organisation], networks: dict[str, Network]
) -> None:
    documents = Document.objects.bulk_create(
        Document(
            title=text.title,
            description=text.summary,
            kind=text.kind,
            organisation=provinces[text.body % len(provinces)],
            year=text.year,
            audience=text.audience,
            protocol_date=text.day,
        )
        for text in texts
    )
    through = Document.networks.through
    through.objects.bulk_create(
        through(document=document, network=networks[text.network])
        for document, text in zip(documents, texts, strict=True)
    )
    versions = DocumentVersion.objects.bulk_create(
        DocumentVersion(
            document=document,
            number=1,
            filename=f"documento-{text.number}.{text.format}",
            sha256=f"{text.number:064x}",
            size=1,
            mime="application/octet-stream",
            format=text.format,
            state=VersionState.READY,
            page_count=len(text.pages),
        )
        for document, text in zip(documents, texts, strict=True)
    )
    for document, version in zip(documents, versions, strict=True):
        document.current_version = version
    Document.objects.bulk_update(documents, ["current_version"])
    DocumentPage.objects.bulk_create(
        (
            DocumentPage(version=version, number=number, label=f"p. {number}", text=page)
            for version, text in zip(versions, texts, strict=True)
            for number, page in enumerate(text.pages, start=1)
        ),
        batch_size=500,
    )
    NormCitation.objects.bulk_create(
        NormCitation(version=version, page=1, act=norm, label="d.lgs. 36/2023")
        for version, text in zip(versions, texts, strict=True)
        for norm in text.norms
    )
