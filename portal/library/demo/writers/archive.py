"""Office files are zip archives: written again here so that the same content is the same bytes."""

from __future__ import annotations

import io
import zipfile

EPOCH = (2022, 4, 13, 9, 0, 0)


def settle(content: bytes, replace: dict[str, bytes] | None = None) -> bytes:
    """Return the archive with fixed times, and some of its members replaced.

    The order of the members is kept: OpenDocument wants ``mimetype`` first and not compressed.
    """
    replace = replace or {}
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(settled, "w") as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, EPOCH)
            info.create_system = 3
            info.compress_type = (
                zipfile.ZIP_STORED if member.filename == "mimetype" else zipfile.ZIP_DEFLATED
            )
            new.writestr(info, replace.get(member.filename, old.read(member)))
    return settled.getvalue()
