"""What the hand does while a worker is being killed: work for it, and looks at what it left."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings

from tests.drills.hand import rename_document, save_document

WORDS = re.compile(r"x[a-z]{12}x")


def fill(count: int, pages: int) -> list[int]:
    """Add documents with pages, so that indexing and rebuilding take a while; return their keys."""
    text = "La Provincia assiste i Comuni nelle gare, nei progetti europei e nei dati. " * 25
    return [
        save_document(
            title=f"Fascicolo {number}", pages=[f"{page}. {text}" for page in range(pages)]
        )
        for number in range(count)
    ]


def rename(pks: list[int], turn: int) -> None:
    """Change the titles of documents: so many rows wait for the index."""
    for pk in pks:
        rename_document(pk, f"Fascicolo {pk} al giro {turn}")


def indexed() -> int:
    """Return the number of the last write to the index."""
    from search.models import IndexState

    return IndexState.objects.get_or_create(pk=1)[0].seq


def indexing(after: int) -> bool:
    """Tell whether somebody is writing to the index: of the embedded one the kernel knows."""
    from search.models import OutboxRow

    if settings.ELASTICSEARCH["url"]:
        return indexed() > after and OutboxRow.objects.exists()
    return bool(holder())


def rebuilding(since: str = "") -> bool:
    """Tell whether a rebuilding is open, or in the hands of a worker that lived after a moment."""
    from search.models import RebuildRun, RebuildState

    runs = RebuildRun.objects.filter(slot=1)
    if since:
        runs = runs.filter(state=RebuildState.RUNNING, touched_at__gt=since)
    return runs.exists()


def holder() -> int:
    """Return the process that writes to the embedded index, 0 when none does."""
    lease = settings.DATA_DIR / "index" / "lease"
    if not lease.exists():
        return 0
    number = lease.stat().st_ino
    with open("/proc/locks") as locks:  # noqa: PTH123 - a file of the kernel
        for line in locks:
            cells = line.split()
            if cells[1] == "FLOCK" and cells[5].endswith(f":{number}"):
                return int(cells[4])
    return 0


def locked_tasks() -> int:
    """Return how many tasks somebody has taken and not given back."""
    from django.utils import timezone
    from django_q.models import OrmQ

    return OrmQ.objects.filter(lock__gt=timezone.now()).count()


def waiting_tasks() -> int:
    """Return how many tasks nobody has taken."""
    from django_q.models import OrmQ

    return OrmQ.objects.count() - locked_tasks()


def texts(pks: list[int]) -> dict[str, dict[str, Any]]:
    """Return the reading of each document: state, number of pages, its words in their order."""
    from portal.library.models import Document

    found = {}
    for document in Document.objects.filter(pk__in=pks).select_related("current_version"):
        version = document.current_version
        assert version is not None
        pages = version.pages.order_by("number").values_list("number", "text")
        found[str(document.pk)] = {
            "state": version.state,
            "code": version.failure_code,
            "attempts": version.attempts,
            "count": version.page_count,
            "numbers": [number for number, _ in pages],
            "words": [word for _, text in pages for word in WORDS.findall(text)],
        }
    return found


def generations() -> list[str]:
    """Return what is in the folder of the embedded index beside its pointer and its lease."""
    names = {path.name for path in (settings.DATA_DIR / "index").glob("*")}
    return sorted(names - {"current", "lease"})
