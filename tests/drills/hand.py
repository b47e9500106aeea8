"""The hand inside a portal: a process with its settings that does what a drill asks for.

Each line of the input is a call, ``{"function": dotted name, "arguments": {…}}``; each line of
the output its result or problem.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.engines.base import IndexItem

SUMMARY = "Comunicazione di prova ai Comuni"


def commands(port: int) -> dict[str, list[str]]:
    """Return the commands of the processes that `manage.py run` starts, by their names."""
    from portal.core.management.commands.run import children

    return {child.name: child.command for child in children(port)}


def publish_news(title: str) -> dict[str, Any]:
    """Make a draft and publish it; return its key, its address and the seconds of publishing."""
    from django.utils.text import slugify

    from portal.news.models import NewsIndexPage, NewsPage

    index = NewsIndexPage.objects.live().first()
    if index is None:
        raise LookupError("The portal has no news index.")
    page = NewsPage(title=title, slug=slugify(title), summary=SUMMARY, live=False)
    index.add_child(instance=page)
    revision = page.save_revision()
    begun = time.perf_counter()
    revision.publish()
    seconds = time.perf_counter() - begun
    return {"pk": page.pk, "url": page.get_url(), "seconds": seconds}


def withdraw_news(pk: int) -> None:
    """Take a news item off the site."""
    from portal.news.models import NewsPage

    NewsPage.objects.get(pk=pk).unpublish()


def narrow_news(pk: int) -> None:
    """Keep a news item for the members."""
    from portal.news.models import NewsPage
    from tests.factories.pages import restrict_to_members

    restrict_to_members(NewsPage.objects.get(pk=pk))


def save_document(title: str, pages: list[str]) -> int:
    """Add a public document of the library with its text; return its key."""
    from tests.factories.library import document

    return int(document(*pages, title=title).pk)


def withdraw_document(pk: int) -> None:
    """Delete a document."""
    from portal.library.models import Document

    Document.objects.get(pk=pk).delete()


def narrow_document(pk: int) -> None:
    """Keep a document for the members."""
    _change_document(pk, audience="members")


def rename_document(pk: int, title: str) -> None:
    """Give a document another title."""
    _change_document(pk, title=title)


def _change_document(pk: int, **changes: str) -> None:
    from portal.library.models import Document

    document = Document.objects.get(pk=pk)
    for name, value in changes.items():
        setattr(document, name, value)
    document.save()


def ask_for_rebuild() -> int:
    """Ask the worker for a new index, as an administrator does in /gestione/; return the run."""
    from portal.accounts.models import User
    from search.services import rebuild

    actor = User.objects.filter(is_superuser=True).first()
    if actor is None:
        raise LookupError("The portal has no administrator.")
    return int(rebuild.ask_for_rebuild(actor).pk)


def wanted() -> dict[str, list[str]]:
    """Return the audiences of all that belongs in the index, by their ids."""
    return {item.id: sorted(item.audience) for item in _items()}


def drift() -> list[str]:
    """Return what is not in the index as it should be.

    By the portal's own comparison (objects, sequence numbers, audiences), by the outbox, and by
    what the engine itself counts: objects for each audience, and pages.
    """
    from search.engines import get_engine
    from search.engines.base import SearchRequest
    from search.indexing import differences
    from search.models import OutboxRow
    from search.query import parse

    engine = get_engine()
    behind = set(OutboxRow.objects.values_list("object_id", flat=True)) or differences()
    if behind:
        return sorted(behind)
    items = list(_items())
    if engine.status().pages != sum(len(item.pages) or 1 for item in items):
        behind.add("pages")
    for token in {token for item in items for token in item.audience}:
        audience = frozenset({token})
        request = SearchRequest(parse(""), audience, facets=(), everything=True)
        if engine.search(request).total != sum(token in item.audience for item in items):
            behind.add(f"audience {token}")
    return sorted(behind)


def _items() -> Iterator[IndexItem]:
    from search.sources import sources

    for _, make in sources:
        source, after = make(), 0
        while pks := source.pks(after, 250):
            after = pks[-1]
            yield from source.load(pks, 0)


def main() -> None:
    """Do what is asked until the input ends."""
    # Whatever a call prints must not come between the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.development")
    import django

    django.setup()
    from django.db import close_old_connections
    from django.utils.module_loading import import_string

    for line in sys.stdin:
        call = json.loads(line)
        answer: dict[str, Any]
        try:
            close_old_connections()
            answer = {"result": import_string(call["function"])(**call["arguments"])}
        except Exception as problem:  # noqa: BLE001 - it is the drill's to judge
            traceback.print_exc()
            answer = {"problem": f"{type(problem).__name__}: {problem}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
