from portal.library.models.document import Document, DocumentKind, DocumentQuerySet
from portal.library.models.member import FileMember, MemberState
from portal.library.models.page import DocumentPage, PageWords, RecognitionState
from portal.library.models.signature import DocumentSignature, SignatureKind
from portal.library.models.version import DocumentVersion, VersionState

__all__ = [
    "Document",
    "DocumentKind",
    "DocumentPage",
    "DocumentQuerySet",
    "DocumentSignature",
    "DocumentVersion",
    "FileMember",
    "MemberState",
    "PageWords",
    "RecognitionState",
    "SignatureKind",
    "VersionState",
]
