from portal.library.models.document import Document, DocumentKind, DocumentQuerySet
from portal.library.models.norm import NormCitation
from portal.library.models.page import DocumentPage
from portal.library.models.version import DocumentVersion, VersionState

__all__ = [
    "Document",
    "DocumentKind",
    "DocumentPage",
    "DocumentQuerySet",
    "DocumentVersion",
    "NormCitation",
    "VersionState",
]
