"""The portal's processes at work: readers at once, edits found again, pictures, memory."""

from __future__ import annotations

import math
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import typst
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client

from portal.library.models import Document
from tests.benchmarks import search
from tests.benchmarks.processes import Portal, portal
from tests.benchmarks.queries import QUERIES
from tests.benchmarks.report import Figure
from tests.benchmarks.timing import Times, clock, one_by_one, together

READERS = 8
EDITS = 12
EDIT_PAUSE = 0.2
PATIENCE = 60.0
PICTURES = 20
UPLOADED_PAGES = 40
MOST_WAITING = 2.0
MEGABYTE = 1_000_000
# The most megabytes of one process of each kind.
LIMITS = {"web": 300, "worker": 500, "reading": 512}


def figures() -> list[Figure]:
    """Measure web and worker on the library of the part "search"."""
    search.filled()
    client = Client()
    client.force_login(search.member(), backend=search.BACKEND)
    # Nothing of this process holds the database while the others write to it.
    connection.close()
    with portal() as running:
        running.cookie = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
        found = [
            *_reading(running, "idle", limit=120),
            *_finding(running),
            *_looking(running),
        ]
        with edited():
            found += _reading(running, "while indexing")
    return found + _memory(running.peaks)


def _reading(running: Portal, when: str, limit: float = math.inf) -> list[Figure]:
    """Measure one reader, within ``limit`` milliseconds, and several at once."""

    def page(text: str) -> None:
        status, body = running.get(f"/cerca/?{urlencode({'q': text})}")
        assert status == 200, text
        assert b"risultat" in body, text

    alone = one_by_one(page, QUERIES, 2)
    crowd = together(page, QUERIES, 2, READERS)
    what = f"page of results, {search.PAGES}, over HTTP"
    wanted = f"p95 ≤ {limit:.0f} ms" if limit < math.inf else "measured"
    return [
        Figure(f"{what}, one reader, {when}", wanted, str(alone), alone.p95 <= limit),
        Figure(
            f"{what}, {READERS} readers, {when}",
            "measured",
            f"{crowd.rate:.0f} pages/s, {crowd}",
            True,
            "one web process of eight threads, the readers on the same machine",
        ),
    ]


def _finding(running: Portal) -> list[Figure]:
    """Measure from the saving of a change, and of a new file, to its being found."""
    documents = list(Document.objects.in_use().filter(audience="public").order_by("pk")[:EDITS])
    changed = []
    for number, document in enumerate(documents):
        word = _word(number)
        document.title = f"{document.title} {word}"
        changed.append(_seconds_until_found(running, word, document.save))
    connection.close()
    times = Times([seconds * 1000 for seconds in changed], sum(changed))
    word = _word(EDITS)
    uploaded = _seconds_until_found(running, word, lambda: upload(word))
    connection.close()
    return [
        Figure(
            "publish → findable",
            f"≤ {MOST_WAITING:.0f} s",
            f"p50 {times.median / 1000:.2f} s, slowest {max(changed):.2f} s",
            max(changed) <= MOST_WAITING,
            f"{EDITS} documents of {search.PAGES} saved, the worker's start of its task included",
        ),
        Figure(
            f"PDF of {UPLOADED_PAGES} pages uploaded → its text findable",
            "measured",
            f"{uploaded:.1f} s",
            True,
        ),
    ]


def _seconds_until_found(running: Portal, word: str, work: Callable[[], object]) -> float:
    assert not _is_found(running, word), word
    begun = time.perf_counter()
    work()
    while not _is_found(running, word):
        assert time.perf_counter() - begun < PATIENCE, f"{word} is not found"
    return time.perf_counter() - begun


def _is_found(running: Portal, word: str) -> bool:
    status, body = running.get(f"/cerca/?{urlencode({'q': word, 'strict': 1})}")
    assert status == 200, word
    return b'class="result"' in body


def _word(number: int) -> str:
    """Return a word that no other text has, and no other word resembles."""
    return "".join("qwkxyjhzuo"[int(digit)] * 2 for digit in f"{number + 100}")


def upload(word: str) -> Document:
    """Upload a PDF whose last page has a word, as the form does; the worker reads it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.typ"
        source.write_text(
            f"#for n in range({UPLOADED_PAGES}) [= Pagina #n \n #lorem(300) #pagebreak()]\n{word}"
        )
        content = ContentFile(typst.compile(str(source)))
    document = Document(title="Piano da leggere", audience="public")
    document.file.save("piano.pdf", content, save=False)
    document._set_document_file_metadata()
    document.save()
    return document


def _looking(running: Portal) -> list[Figure]:
    """Measure the picture of a page at its first opening and at the next."""
    document = Document.objects.get(title="Piano da leggere")
    connection.close()
    paths = [f"/biblioteca/{document.pk}/pagina/{n}/immagine.webp" for n in range(1, PICTURES + 1)]

    def picture(path: str) -> None:
        status, body = running.get(path)
        assert status == 200, path
        assert body[8:12] == b"WEBP", path

    cold = [clock(picture, path) * 1000 for path in paths]
    first = Times(cold, sum(cold) / 1000)
    again = one_by_one(picture, paths, 3)
    return [
        Figure("picture of a page, first time", "p95 ≤ 300 ms", str(first), first.p95 <= 300),
        Figure("picture of a page, again", "p95 ≤ 20 ms", str(again), again.p95 <= 20),
    ]


@contextmanager
def edited() -> Iterator[None]:
    """Let documents be saved all the time, so that the worker writes to the index."""
    over = threading.Event()

    def edit() -> int:
        saved = 0
        try:
            documents = list(Document.objects.order_by("pk")[:200])
            while not over.wait(EDIT_PAUSE):
                documents[saved % len(documents)].save(update_fields=["updated_at"])
                saved += 1
        finally:
            connection.close()
        return saved

    with ThreadPoolExecutor(1) as pool:
        editor = pool.submit(edit)
        try:
            yield
        finally:
            over.set()
        assert editor.result(), "nothing was saved meanwhile"


def _memory(peaks: dict[str, int]) -> list[Figure]:
    return [
        Figure(
            f"memory of one {kind} process at its peak",
            f"≤ {limit} MB",
            f"{peaks[kind] / MEGABYTE:.0f} MB",
            0 < peaks[kind] <= limit * MEGABYTE,
            f"VmHWM, {search.PAGES} in the index",
        )
        for kind, limit in LIMITS.items()
    ]
