"""A page that cannot be drawn is not drawn again at each request."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from portal.library.pictures import VAIN_SECONDS, folder_of, page_picture, page_thumbnail
from tests.factories.library import BLANK_PDF, document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "picture", [lambda version: page_picture(version, 1, 300), lambda v: page_thumbnail(v, 1)]
)
def test_an_hour_passes_before_it_is_tried_again(
    picture: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    version = document("x", name="a.pdf", content=b"%PDF-1.4\nrovinato").current_version
    assert version is not None
    assert version.format == "pdf"
    assert picture(version) is None
    # The file is sound from now on: only whoever tries to draw it can tell.
    Path(version.file.path).write_bytes(BLANK_PDF)
    assert picture(version) is None
    (mark,) = folder_of(version).glob("*.vain")
    before = time.time() - VAIN_SECONDS - 1
    os.utime(mark, (before, before))
    drawn = picture(version)
    assert drawn is not None
    assert drawn.stat().st_size > 0
