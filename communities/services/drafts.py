"""What is being written, kept while it is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from communities.models import Draft, Space, Topic, TopicKind
from communities.services.attachments import drop_files, keep_files
from communities.writing import Written

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from portal.accounts.models import User


def keep_draft(
    author: User,
    space: Space,
    topic: Topic | None,
    body: Written,
    *,
    title: str = "",
    kind: str = TopicKind.DISCUSSION,
    files: Iterable[UploadedFile] = (),
    unwanted: Iterable[int] = (),
) -> Draft:
    """Keep what somebody has typed so far; there is one draft for a discussion or a new one."""
    mine = Draft.objects.filter(author=author, space=space, topic=topic)
    values = {"html": body.html, "title": title.replace("\x00", "")[:160], "kind": kind}
    draft = mine.first()
    if draft is None:
        try:
            with transaction.atomic():
                draft = Draft.objects.create(author=author, space=space, topic=topic, **values)
        except IntegrityError:
            draft = mine.get()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save()
    drop_files(draft, unwanted)
    keep_files(author, draft, files)
    return draft
