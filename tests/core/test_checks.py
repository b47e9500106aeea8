"""Production refuses to start when it is unsafe."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.standalone

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH!?-_",
    "ALLOWED_HOSTS": "portale.example.org",
    "DATABASE_URL": "postgresql://portal@127.0.0.1:1/portal",
    "PORTAL_BASE_URL": "https://portale.example.org",
    "DEFAULT_FROM_EMAIL": "Portale <portale@ente.example>",
}


def check(tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run the deployment check with an environment of its own."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**kept, **GOOD, "PORTAL_DATA_DIR": str(tmp_path), **changes},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_documented_environment_is_clean(tmp_path: Path) -> None:
    result = check(tmp_path)
    assert result.returncode == 0, result.stderr


# Each starts Django anew, so that what can be wrong at once is asked at once.
@pytest.mark.parametrize(
    "unsafe",
    [
        {
            "SECRET_KEY": ("", "portal.E001"),
            "ALLOWED_HOSTS": ("", "portal.E002"),
            "DATABASE_URL": ("", "portal.E003"),
            "SECOND_FACTOR_REQUIRED": ("false", "portal.E005"),
            "PORTAL_BASE_URL": ("http://portale.example.org", "portal.E006"),
            "DEFAULT_FROM_EMAIL": ("Province & Comuni <portale@example.org>", "portal.E007"),
        },
        {
            "SECRET_KEY": ("only-for-development-" + "x" * 40, "portal.E001"),
            "ALLOWED_HOSTS": ("*", "portal.E002"),
        },
    ],
)
def test_unsafe_values_are_refused(tmp_path: Path, unsafe: dict[str, tuple[str, str]]) -> None:
    result = check(tmp_path, **{name: value for name, (value, _) in unsafe.items()})
    assert result.returncode != 0
    expected = sorted(identifier for _, identifier in unsafe.values())
    assert sorted(set(re.findall(r"portal\.E\d+", result.stderr))) == expected
    assert "Traceback" not in result.stderr
