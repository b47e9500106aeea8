"""The product itself, started as a new user would, and a real Chromium in front of it."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from portal.core.seed import DEMO_PASSWORD
from tests import databases
from tests.migrated import migrated
from tests.search.engines import delete_indices

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 480
DATABASE = "portal_browser"
# The one without windows takes half the processor's time of the others.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


def chromium() -> str | None:
    """Return the browser of the machine, or none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Portal:
    """A running portal: its address and its data."""

    url: str
    data: Path

    def letters_to(self, address: str, saying: str = "", seconds: float = 20) -> list[str]:
        """Return subject and text of the letters to an address that say something, once one does.

        None when none has come after so many seconds.
        """
        end = time.monotonic() + seconds
        while True:
            texts = [
                f"{letter['Subject']}\n{letter.get_body(('plain',)).get_content()}"
                for path in sorted((self.data / "mail").glob("*.log"), key=os.path.getmtime)
                for letter in letters_in(path)
                if address in str(letter["To"])
            ]
            found = [text for text in texts if saying in text]
            if found or time.monotonic() > end:
                return found
            time.sleep(0.25)


def letters_in(path: Path) -> list[Any]:
    """Return the letters of a file that Django's file backend wrote."""
    parts = re.split(rb"^-{79}\n", path.read_bytes(), flags=re.M)
    return [message_from_bytes(part, policy=policy.default) for part in parts if part.strip()]


def environment_of(url: str, data: Path) -> dict[str, str]:
    """Return the environment of the processes of a portal."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("DJANGO")},
        "PORTAL_DATA_DIR": str(data),
        "DATABASE_URL": databases.address_of(DATABASE),
        "PORTAL_BASE_URL": url,
        "ELASTICSEARCH_PREFIX": f"browser-{url.rpartition(':')[2]}",
    }


@contextmanager
def shared_state(folder: Path) -> Iterator[dict[str, Any]]:
    """Give the one state that the processes of the suite share, one process at a time."""
    with (folder / "portal.state").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        state = json.loads(file.read() or "{}")
        yield state
        file.seek(0)
        file.truncate()
        file.write(json.dumps(state))


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """Start the portal with its demonstration content once for all processes of the suite."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with shared_state(shared) as state:
        if not state.get("users"):
            data = tmp_path_factory.mktemp("portal")
            state.update(start(data), data=str(data))
        state["users"] = state.get("users", 0) + 1
        running = Portal(state["url"], Path(state["data"]))
    yield running
    with shared_state(shared) as state:
        state["users"] -= 1
        if not state["users"]:
            os.kill(state["pid"], signal.SIGTERM)
            wait_until_silent(state["url"])
            databases.drop(DATABASE)
            delete_indices(f"browser-{state['url'].rpartition(':')[2]}")


def start(data: Path) -> dict[str, Any]:
    """Start the product as `make run` does, migrated where that was done once, and wait for it."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = data / "run.log"
    kept = migrated()
    databases.make(DATABASE, kept.source)
    kept.copy_into(data)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run", "--port", str(port)],
            cwd=ROOT,
            env=environment_of(url, data),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    end = time.monotonic() + START_SECONDS
    while not answers(url):
        if process.poll() is not None or time.monotonic() > end:
            process.kill()
            pytest.fail(f"the portal did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.3)
    return {"url": url, "pid": process.pid}


def answers(url: str) -> bool:
    """Tell whether the portal answers."""
    try:
        urllib.request.urlopen(f"{url}/livez", timeout=2)
    except OSError:
        return False
    return True


def wait_until_silent(url: str, seconds: float = 30) -> None:
    """Wait for the portal to have stopped."""
    end = time.monotonic() + seconds
    while answers(url) and time.monotonic() < end:
        time.sleep(0.2)
    time.sleep(1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium of the machine.

    Playwright's loop stays in the thread of the tests until their end: Django, which would refuse
    the database to all that come after, is told that nothing is awaited there.
    """
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        # Beside a loop Django keeps connections of its own, which would outlive the test database.
        connections.close_all()
        started.close()


@dataclass
class Visitor:
    """A person with a browser, and what the browser complained about."""

    portal: Portal
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def visit(self, path: str) -> Page:
        """Open a page of the portal."""
        self.page.goto(self.portal.url + path)
        return self.page

    def sign_in(self, email: str, password: str = DEMO_PASSWORD) -> None:
        """Sign in with address and password."""
        self.visit("/account/login/")
        self.page.fill("main [name=login]", email)
        self.page.fill("main [name=password]", password)
        self.page.press("main [name=password]", "Enter")
        self.page.wait_for_url(re.compile(r"/account/$|/account/2fa/authenticate/"))


VisitorMaker = Callable[..., Visitor]


@pytest.fixture
def visitor(portal: Portal, browser: Browser) -> Iterator[VisitorMaker]:
    """Return a maker of people; each has a browser profile of her own."""
    contexts: list[BrowserContext] = []

    def make(email: str = "", javascript: bool = True, phone: bool = False) -> Visitor:
        context = browser.new_context(
            viewport=PHONE if phone else WIDE,
            java_script_enabled=javascript,
            locale="it-IT",
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        person = Visitor(portal, context, context.new_page())
        person.page.on("console", lambda message: listen(person, message))
        person.page.on("pageerror", lambda error: person.complaints.append(str(error)))
        if email:
            person.sign_in(email)
        return person

    yield make
    for context in contexts:
        context.close()


def listen(person: Visitor, message: Any) -> None:
    """Keep what the console says of errors, refusals of pages left out."""
    if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
        person.complaints.append(message.text)
