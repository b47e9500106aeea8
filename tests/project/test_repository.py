"""What must never enter the repository, and what must be in it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
TOP = {
    ".ci",
    ".editorconfig",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "communities",
    "docker",
    "docs",
    "learning",
    "manage.py",
    "package-lock.json",
    "package.json",
    "portal",
    "publiccode.yml",
    "pyproject.toml",
    "requirements",
    "search",
    "tests",
}
# Written in pieces, so that this file holds none of them.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry.npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
    "deb.deb" + "ian.org",
    "security.deb" + "ian.org",
    "repo1.mav" + "en.org",
    "repo.mav" + "en.apache.org",
]
MACHINE_PATH = re.compile(r"(?:^|[\s\"'=(:])/(?:home|Users|work|root|farm)/[\w.]")
LARGEST = 1_500_000


def tracked() -> list[Path]:
    """Return the files of the repository, those not yet committed included."""
    out = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [path for line in out.splitlines() if (path := ROOT / line).is_file()]


def texts() -> list[tuple[str, str]]:
    """Return name and text of each tracked file that is text."""
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\x00" not in data[:4000]:
            found.append((str(path.relative_to(ROOT)), data.decode("utf-8", "replace")))
    return found


def test_no_registry_address() -> None:
    guilty = [(name, host) for name, text in texts() for host in REGISTRIES if host in text]
    assert guilty == []


def test_no_path_of_a_machine() -> None:
    guilty = [name for name, text in texts() if MACHINE_PATH.search(text)]
    assert guilty == []


def test_no_huge_file() -> None:
    assert [path.name for path in tracked() if path.stat().st_size > LARGEST] == []


def test_top_level() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} == TOP


def test_names_of_modules() -> None:
    forbidden = {"utils", "helpers", "misc", "common"}
    assert [path for path in tracked() if path.suffix == ".py" and path.stem in forbidden] == []


def test_no_long_module() -> None:
    long = [
        str(path)
        for path in tracked()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and len(path.read_text().splitlines()) > 400
    ]
    assert long == []


@pytest.mark.parametrize("name", ["base", "dev"])
def test_locks_have_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert "://" not in text
    assert "--index" not in text
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", text)
    pinned = [block for block in blocks if "==" in block]
    assert len(pinned) > 20
    assert [block.splitlines()[0] for block in pinned if "--hash=sha256:" not in block] == []


def test_npm_lock_has_hashes_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    others = {name: entry for name, entry in packages.items() if name}
    assert others
    assert [name for name, entry in others.items() if "resolved" in entry] == []
    assert [name for name, entry in others.items() if not entry.get("integrity")] == []


def test_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert "Appendix" in text
    assert len(text) > 12_000


def test_publiccode() -> None:
    """Check publiccode.yml against what version 0.7 of the standard demands."""
    data = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    assert data["publiccodeYmlVersion"] == "0.7"
    for key in ("name", "url", "softwareType", "developmentStatus", "maintenance", "localisation"):
        assert data[key]
    assert data["url"].startswith("https://")
    assert data["platforms"] == ["web"]
    assert data["softwareType"] == "standalone/web"
    assert data["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["releaseDate"])
    assert data["legal"]["license"] == "EUPL-1.2"
    assert data["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert all(contact["name"] for contact in data["maintenance"]["contacts"])
    assert isinstance(data["localisation"]["localisationReady"], bool)
    assert data["localisation"]["availableLanguages"] == ["it"]
    for text in data["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in text["features"])


def test_readme_begins_with_the_two_commands() -> None:
    lines = (ROOT / "README.md").read_text().splitlines()
    first = "\n".join(lines[:6])
    assert "make run" in first
    assert "make test" in first
    for target in re.findall(r"\]\((docs/[\w./-]+)\)", "\n".join(lines)):
        assert (ROOT / target).exists(), target
