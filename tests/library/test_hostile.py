"""Hostile files: each ends in a state with a reason, the child within its limits, nothing out."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.library.extraction import ERROR_TEXTS, FileFormat, Limits, extract, sniff
from portal.library.rendering import RenderingError, render_page
from tests.drills.children import Watch
from tests.factories.hostile import SECRET, corpus, pixel_flood, recursive_pdf, script_pdf

pytestmark = pytest.mark.standalone

SECONDS = 20
LIMITS = Limits(max_pages=300, memory=512 * 1024 * 1024, seconds=SECONDS)
GRACE = 15


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("altrove") / "segreto.txt"
    path.write_text(SECRET)
    return path


@pytest.fixture(scope="module")
def files(secret: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("ostili")
    made = corpus(str(secret))
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


@pytest.fixture
def ear() -> Iterator[list[object]]:
    """Listen where the hostile files call, and tell who called."""
    calls: list[object] = []
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind(("127.0.0.1", 9))
    except OSError:
        pytest.skip("port 9 is not ours to listen on")
    server.listen()
    server.settimeout(0.2)
    done = threading.Event()

    def listen() -> None:
        while not done.is_set():
            try:
                calls.append(server.accept()[1])
            except TimeoutError:
                continue

    thread = threading.Thread(target=listen)
    thread.start()
    yield calls
    done.set()
    thread.join()
    server.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Look at what the children of this process take."""
    with Watch(lambda: [os.getpid()]) as watching:
        yield watching


def test_a_child_that_takes_too_much_is_seen(watch: Watch) -> None:
    hungry = "import time; kept = bytearray(600 * 1024 * 1024); time.sleep(0.5)"
    subprocess.run([sys.executable, "-c", hungry, "extraction/child.py"], check=True)
    assert watch.peak("reading") > LIMITS.memory


def test_each_ends_with_text_or_a_reason(
    files: list[Path], secret: Path, tmp_path: Path, ear: list[object], watch: Watch
) -> None:
    assert len(files) >= 45
    before = {path: path.read_bytes() for path in files}
    outcomes = {}
    for path in files:
        scratch = tmp_path / path.name
        scratch.mkdir()
        begun = time.monotonic()
        found = sniff(path, path.name)
        if found.format is None:
            assert found.reason.endswith("."), path.name
            outcomes[path.name] = "refused"
            continue
        result = extract(path, found.format, LIMITS, scratch, filename=path.name)
        assert time.monotonic() - begun < 3 * (SECONDS + GRACE), path.name
        assert result.error_code in ("", *ERROR_TEXTS), (path.name, result.error_code)
        text = "".join(page.text for page in result.pages)
        assert SECRET not in text, path.name
        assert "\x00" not in text, path.name
        text.encode()
        assert len(result.members) <= 200, path.name
        outcomes[path.name] = result.error_code or f"{len(result.pages)} pages"
        # What an envelope held is all that is left, below the scratch folder.
        assert {left.name.split("-")[0] for left in scratch.iterdir()} <= {"inner"}, path.name
    assert not ear, "somebody called home"
    assert {path: path.read_bytes() for path in files} == before
    for name, expected in {
        "bomba.docx": "too_large_unpacked",
        "bomba.zip": "too_large_unpacked",
        "bomba.zip.p7m": "too_large_unpacked",
        "sovrapposti.zip": "too_large_unpacked",
        "troppi.zip": "too_many_members",
        "tanti-allegati.eml": "too_many_members",
        "cifrato.zip": "encrypted",
        "nidificato.p7m": "too_nested",
        "staccato.p7m": "detached",
        "comandi.rtf": "no_converter",
        "script.pdf": "1 pages",
    }.items():
        assert outcomes[name] == expected, (name, outcomes[name])
    assert 0 < watch.peak() <= LIMITS.memory, "bytes"


def test_two_things_at_once_are_the_safer_one(files: list[Path]) -> None:
    found = {path.name: sniff(path, path.name).format for path in files}
    assert found["pdf-e-zip.pdf"] == FileFormat.PDF
    assert found["zip-e-pdf.zip"] == FileFormat.ZIP
    assert found["html-e-pdf.html"] in (FileFormat.PDF, FileFormat.HTML)
    assert found["immagine-e-zip.docx"] is None


@pytest.mark.parametrize("make", [pixel_flood, recursive_pdf, script_pdf])
def test_pictures_of_hostile_pages(make: object, tmp_path: Path, ear: list[object]) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(make())  # type: ignore[operator]
    try:
        render_page(path, 1, 1200, tmp_path / "x.webp")
    except RenderingError:
        assert not (tmp_path / "x.webp").exists()
    else:
        assert (tmp_path / "x.webp").stat().st_size < 2_000_000
    assert not ear
