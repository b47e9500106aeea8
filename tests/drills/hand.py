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
from typing import Any

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


def unpublish_news(pk: int) -> None:
    """Take a news item off the site."""
    from portal.news.models import NewsPage

    NewsPage.objects.get(pk=pk).unpublish()


def save_document(title: str, pages: list[str]) -> int:
    """Add a public document of the library with its text; return its key."""
    from tests.factories.library import document

    return int(document(*pages, title=title).pk)


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
