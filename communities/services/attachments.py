"""Files of posts: documents of the library that only the space reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from communities.models import Attachment, Draft, Post, Space
from portal.core.access import user_token
from portal.library.models import Document

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from portal.accounts.models import User


def keep_files(author: User, draft: Draft, files: Iterable[UploadedFile]) -> None:
    """Put files, checked already, into the library for their author alone until they go out."""
    for document in _stored(author, draft.space, user_token(author.pk), files):
        Attachment.objects.create(document=document, draft=draft)


def add_files(author: User, post: Post, files: Iterable[UploadedFile]) -> None:
    """Hang files, checked already, on a post that is published."""
    space = post.topic.space
    for document in _stored(author, space, space.token, files):
        Attachment.objects.create(document=document, post=post)


def _stored(
    author: User, space: Space, audience: str, files: Iterable[UploadedFile]
) -> Iterator[Document]:
    for file in files:
        name = PurePosixPath((file.name or "").replace("\\", "/")).name
        document = Document(
            title=PurePosixPath(name).stem.replace("_", " ").strip()[:255] or "Allegato",
            file=file,
            audience=audience,
            uploaded_by_user=author,
            licence="",
        )
        document._set_document_file_metadata()
        document.save()
        if space.network_id:
            document.networks.add(space.network_id)
            # The networks came after the save: tell the index again.
            document.save(update_fields=["updated_at"])
        yield document


def drop_files(owner: Draft | Post, pks: Iterable[int]) -> None:
    """Delete files of a draft or of a post that its author no longer wants."""
    for attachment in owner.attachments.filter(pk__in=list(pks)).select_related("document"):
        attachment.document.delete()


def hang_on(post: Post, draft: Draft, space: Space) -> None:
    """Move the files of a draft to the post that it became, and open them to the space."""
    for attachment in draft.attachments.select_related("document"):
        Attachment.objects.filter(pk=attachment.pk).update(post=post, draft=None)
        _give_to(attachment.document, space.token)


def close_files(post: Post) -> None:
    """Keep the files of a post that was deleted or hidden from everybody but its author."""
    for attachment in post.attachments.select_related("document"):
        if attachment.document.audience == post.topic.space.token:
            _give_to(attachment.document, user_token(post.author_id))


def open_files(post: Post) -> None:
    """Open the files of a post that is back to its space."""
    for attachment in post.attachments.select_related("document"):
        if attachment.document.audience == user_token(post.author_id):
            _give_to(attachment.document, post.topic.space.token)


def _give_to(document: Document, audience: str) -> None:
    document.audience = audience
    document.save(update_fields=["audience", "updated_at"])
