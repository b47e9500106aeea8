"""Where the search tells the library which documents speak of the same as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from portal.core.registry import Registry

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Reader = AbstractBaseUser | AnonymousUser

# reader, key of the document, how many at most -> keys of documents, the likest first; None when
# it cannot say now. Who shows them checks them in the database with the reader's rights.
SeeAlso = Callable[["Reader", int, int], list[int] | None]
see_also: Registry[SeeAlso] = Registry("see also")
register_see_also = see_also.register


def similar_documents(reader: Reader, document: int, limit: int) -> list[int]:
    """Return the documents that the registered search finds like one; none without an answer."""
    for _, finder in see_also:
        return finder(reader, document, limit) or []
    return []
