"""The product itself, started as a new user would, and a real Chromium in front of it."""

from __future__ import annotations

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
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portal.core.seed import DEMO_PASSWORD

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 240
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


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

    def letters_to(self, address: str, seconds: float = 20) -> list[str]:
        """Return subject and text of the letters to an address, waiting for the first one."""
        end = time.monotonic() + seconds
        while True:
            found = [
                f"{letter['Subject']}\n{letter.get_body(('plain',)).get_content()}"
                for path in sorted((self.data / "mail").glob("*.log"), key=os.path.getmtime)
                for letter in letters_in(path)
                if address in str(letter["To"])
            ]
            if found or time.monotonic() > end:
                return found
            time.sleep(0.25)


def letters_in(path: Path) -> list[Any]:
    """Return the letters of a file that Django's file backend wrote."""
    parts = re.split(rb"^-{79}\n", path.read_bytes(), flags=re.M)
    return [message_from_bytes(part, policy=policy.default) for part in parts if part.strip()]


@pytest.fixture(scope="session")
def database_of_the_portal() -> Iterator[str]:
    """Give the running portal a database of its own on the configured server."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield ""
        return
    server = psycopg.connect(address, autocommit=True)
    server.execute("DROP DATABASE IF EXISTS portal_browser")
    server.execute("CREATE DATABASE portal_browser")
    yield re.sub(r"/[^/?]+(\?|$)", r"/portal_browser\1", address)
    server.execute("DROP DATABASE IF EXISTS portal_browser WITH (FORCE)")
    server.close()


@pytest.fixture(scope="session")
def portal(
    tmp_path_factory: pytest.TempPathFactory, database_of_the_portal: str
) -> Iterator[Portal]:
    """Start the portal with its demonstration content, and stop it at the end."""
    data = tmp_path_factory.mktemp("portal")
    port = free_port()
    log = data / "run.log"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DJANGO")},
        "PORTAL_DATA_DIR": str(data),
        "DATABASE_URL": database_of_the_portal,
        "PORTAL_BASE_URL": f"http://127.0.0.1:{port}",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{url}/livez", timeout=2)
            break
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                process.kill()
                pytest.fail(f"the portal did not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.3)
    yield Portal(url, data)
    process.send_signal(signal.SIGTERM)
    process.wait(30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium of the machine."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
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
            viewport=PHONE if phone else WIDE,  # type: ignore[arg-type]
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
