"""Valid HTML, told by the Nu Html Checker of the W3C on what the server really sends."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import ROOT, VisitorMaker
from tests.browser.test_accessibility import PUBLIC, SIGNED_IN
from tests.browser.test_communities import SIGNED_IN as IN_SPACES

pytestmark = pytest.mark.standalone

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def complaints(folder: Path) -> list[tuple[str, str, str]]:
    """Return file, message and place of each error in a folder of pages."""
    ended = subprocess.run(
        ["java", "-jar", str(CHECKER), "--errors-only", "--format", "json", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    found: list[dict[str, Any]] = json.loads(ended.stderr)["messages"]
    return [
        (Path(one.get("url", "")).name, one["message"], one.get("extract", "")[:120])
        for one in found
    ]


@pytest.mark.skipif(shutil.which("java") is None, reason="no Java on this machine")
@pytest.mark.skipif(not CHECKER.exists(), reason="no HTML checker: make assets installs it")
def test_every_page_is_valid(visitor: VisitorMaker, tmp_path: Path) -> None:
    wanted = [("", path) for path in PUBLIC] + SIGNED_IN + IN_SPACES
    people = {email: visitor(email) for email in {email for email, _ in wanted}}
    anonymous = people[""]
    first = anonymous.visit("/biblioteca/?formato=pdf").locator(".result__title a").first
    document = first.get_attribute("href") or ""
    wanted += [("", document), ("", f"{document}pagina/1/")]
    for number, (email, path) in enumerate(wanted):
        person = people[email]
        answer = person.context.request.get(person.portal.url + path)
        (tmp_path / f"{number}.html").write_bytes(answer.body())
    told = [
        (wanted[int(name.split(".")[0])], message, at) for name, message, at in complaints(tmp_path)
    ]
    assert told == []
    (tmp_path / "0.html").write_text("<!doctype html><title>x</title><p><div></p>")
    assert complaints(tmp_path), "the checker finds what is wrong"
