from portal.library.models.document import Document, DocumentKind, DocumentQuerySet
from portal.library.models.incoming import IncomingFile, IncomingState
from portal.library.models.kit import (
    ArchiveState,
    DocumentKit,
    DocumentKitQuerySet,
    KitArchive,
    KitEntry,
)
from portal.library.models.member import FileMember, MemberState
from portal.library.models.norm import NormCitation
from portal.library.models.page import DocumentPage, PageWords, RecognitionState
from portal.library.models.signature import DocumentSignature, SignatureKind
from portal.library.models.sketch import SetAside, SketchBand, TextSketch
from portal.library.models.version import DocumentVersion, VersionState

__all__ = [
    "ArchiveState",
    "Document",
    "DocumentKind",
    "DocumentKit",
    "DocumentKitQuerySet",
    "DocumentPage",
    "DocumentQuerySet",
    "DocumentSignature",
    "DocumentVersion",
    "FileMember",
    "IncomingFile",
    "IncomingState",
    "KitArchive",
    "KitEntry",
    "MemberState",
    "NormCitation",
    "PageWords",
    "RecognitionState",
    "SetAside",
    "SignatureKind",
    "SketchBand",
    "TextSketch",
    "VersionState",
]
